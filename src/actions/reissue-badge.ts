import type { Badge } from '../domain/badge.ts'
import { identityHash, normalEmail } from '../domain/identity.ts'
import { writeAudit } from '../storage/audit.ts'
import { correctBadge } from '../storage/badges.ts'
import { keepDataIntegrity, replaceCredentials, reserveCredential } from '../storage/credentials.ts'
import { planMail } from './plan-mails.ts'
import { newCredential, newRecipient } from './reserve-badge.ts'
import { signCredential } from './sign-credential.ts'
import type { Actor, Tools } from './tools.ts'

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
 * Issues a badge anew with corrected facts, or by another key, in the one transaction that `tools.db` is: new ids, a new place
 * in the status list, new bytes; the old credentials are revoked as `corrected`. Page, hosted address and holder's settings stay.
 */
export async function reissue(tools: Tools, { badge, facts, email, actor }: Case): Promise<Badge> {
  const { db, keyring, random, now } = tools
  const { recipient } = badge
  const moved = recipient && identityHash(normalEmail(email), recipient.salt) !== recipient.hash
  const corrected: Badge = {
    ...badge,
    ...facts,
    recipient: moved ? newRecipient(email, random) : recipient,
    hostedKey: keyring.active('RS256'),
  }
  await replaceCredentials(db, badge.id, now())
  const credential = await newCredential(tools, badge.id)
  await reserveCredential(db, credential)
  const { bytes, key } = await signCredential(tools, corrected, credential)
  await keepDataIntegrity(db, credential.id, bytes, key)
  await correctBadge(db, corrected)
  await writeAudit(db, { at: now(), actor, action: 'badge.reissued', subject: badge.id })
  await planMail(tools, badge.id, 'corrected')
  return corrected
}
