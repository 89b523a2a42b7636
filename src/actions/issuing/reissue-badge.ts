import type { Badge } from '../../domain/badge/badge.ts'
import { isHashOf } from '../../domain/people/mail-address.ts'
import { writeAudit } from '../../storage/audit.ts'
import { correctBadge } from '../../storage/badges/badges.ts'
import { findStanding } from '../../storage/badges/credentials.ts'
import { replaceCredentials } from '../../storage/badges/revoked-credentials.ts'
import { cancelReminders, planEventMail } from '../support/plan-mails.ts'
import type { Actor, Tools } from '../tools/tools.ts'
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
  /** The holder's address now; a new one gets a hash of its own. */
  email: string
  actor: Actor
}

/**
 * Issues a badge anew with corrected facts, or by another key, in the one transaction that `tools.db` is: every credential that
 * stands gets new ids, a new place in the status list and new bytes, and the old one is revoked as `corrected`. Page, hosted address
 * and holder's settings stay.
 */
export async function reissue(tools: Tools, { badge, facts, email, actor }: Case): Promise<Badge> {
  const { db, keyring, random, now } = tools
  const { recipient } = badge
  const moved = recipient && !isHashOf(recipient, email)
  const corrected: Badge = {
    ...badge,
    ...facts,
    recipient: moved ? newRecipient(email, random) : recipient,
    hostedKey: keyring.active('RS256'),
  }
  for (const before of await replaceCredentials(db, badge.id, now())) {
    const name = before.kind === 'named' ? corrected.holder.fullName : null
    const own =
      before.kind === 'new-address'
        ? await credentialSalt(tools, badge, before.recipient)
        : recipient && newRecipient(email, random)
    await issueCredential(tools, corrected, { ...before, name, recipient: own })
  }
  await correctBadge(db, corrected)
  const line = { at: now(), actor, action: 'badge.reissued', subject: badge.id }
  const event = await writeAudit(db, line)
  await planEventMail(tools, { badgeId: badge.id, kind: 'corrected', event })
  if (corrected.expiresOn !== badge.expiresOn) await cancelReminders(tools, badge)
  return corrected
}

/**
 * Makes the credential that names a badge's holder bear the name that they have now, where one was ever asked for: the old one is
 * revoked as `corrected` and another takes its place; what names nobody stays. In the one transaction that `tools.db` is, which holds
 * the person. Safe to run again.
 */
export async function reissueNamed(
  tools: Tools,
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
