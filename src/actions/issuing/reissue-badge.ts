import type { Badge } from '../../domain/badge/badge.ts'
import { isHashOf } from '../../domain/people/mail-address.ts'
import { writeAudit } from '../../storage/audit.ts'
import { findStanding } from '../../storage/badges/credentials.ts'
import { replaceCredentials } from '../../storage/badges/revoked-credentials.ts'
import { correctBadge } from '../support/change-badge.ts'
import { cancelReminders, planEventMail } from '../support/plan-mails.ts'
import type { Actor, TxTools } from '../tools/tools.ts'
import { credentialSalt } from './credential-salt.ts'
import { issueCredential } from './issue-credential.ts'
import { newRecipient } from './reserve-badge.ts'

type Corrected = Partial<
  Pick<
    Badge,
    'earnedOn' | 'expiresOn' | 'validFrom' | 'validUntil' | 'exam' | 'score' | 'certificationNumber'
  >
>

type Case = {
  badge: Badge
  facts: Corrected
  /** The holder's present address; a changed one gets a new hash. */
  email: string
  actor: Actor
}

/**
 * Reissues a badge with corrected facts, or with another key, in the transaction that `tools.db` is. Every current
 * credential gets new ids, a new place in the status list and new bytes; the old one is revoked as `corrected`. Page,
 * hosted address and the holder's settings stay.
 */
export async function reissue(
  tools: TxTools,
  { badge, facts, email, actor }: Case,
): Promise<Badge> {
  const { db, keyring, random, now } = tools
  const { recipient } = badge
  const moved = recipient && !isHashOf(recipient, email)
  const corrected: Badge = {
    ...badge,
    ...facts,
    recipient: moved ? newRecipient(email, random) : recipient,
    hostedKey: keyring.active('RS256'),
  }
  for (const replaced of await replaceCredentials(db, badge.id, now())) {
    const name = replaced.kind === 'named' ? corrected.holder.fullName : null
    const own =
      replaced.kind === 'new-address'
        ? await credentialSalt(tools, badge, replaced.recipient)
        : recipient && newRecipient(email, random)
    await issueCredential(tools, corrected, { ...replaced, name, recipient: own })
  }
  await correctBadge(db, corrected)
  const line = { at: now(), actor, action: 'badge.reissued', subject: badge.id }
  const event = await writeAudit(db, line)
  await planEventMail(tools, { badgeId: badge.id, kind: 'corrected', event })
  if (corrected.expiresOn !== badge.expiresOn) await cancelReminders(tools, badge)
  return corrected
}

/**
 * Reissues the credential that names a badge's holder, if there is one, after the name changed: the old one is revoked
 * as `corrected`. Credentials without a name stay. In the transaction that `tools.db` is, which holds the person's
 * lock. Safe to repeat.
 */
export async function reissueNamed(
  tools: TxTools,
  { badge, actor }: { badge: Badge; actor: Actor },
): Promise<void> {
  const { db, now } = tools
  const name = badge.holder.fullName
  const [named] = await findStanding(db, badge.id, 'named')
  if (!named || named.name === name) return
  await replaceCredentials(db, badge.id, now(), 'named')
  const recipient = await credentialSalt(tools, badge, named.recipient ?? badge.recipient)
  await issueCredential(tools, badge, { ...named, name, recipient })
  const line = { at: now(), actor, action: 'badge.renamed', subject: badge.id }
  const event = await writeAudit(db, line)
  await planEventMail(tools, { badgeId: badge.id, kind: 'renamed', event })
}
