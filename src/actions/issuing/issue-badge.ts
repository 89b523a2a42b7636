import type { Badge, Credential } from '../../domain/badge/badge.ts'
import { withBadge } from '../../domain/rules/result.ts'
import { writeAudit } from '../../storage/audit.ts'
import { changeBadge, findBadge, findLiveBadge, lockBadge } from '../../storage/badges/badges.ts'
import { findCredential, keepDataIntegrity } from '../../storage/badges/credentials.ts'
import { inTransaction } from '../../storage/database.ts'
import { findResult, settleResult } from '../../storage/results/results.ts'
import { lockPeople } from '../support/lock-people.ts'
import { planClaimReminders, planMail, planReminders } from '../support/plan-mails.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { signCredential } from './sign-credential.ts'

type Of = { source: string; resultId: string; actor: Actor }

/**
 * Signs the reserved badge of a result and stores the bytes: write, check, sign, store. Safe to repeat after a crash at
 * any step, and in two processes at once: ids and time are on record, Ed25519 is deterministic, and the first stored
 * bytes stay.
 */
export async function issueBadge(tools: Tools, { source, resultId, actor }: Of): Promise<void> {
  const badge = await findLiveBadge(tools.db, source, resultId)
  if (!badge || badge.issuedAt) return
  const credential = await findCredential(tools.db, { badge_id: badge.id })
  if (!credential) throw new Error(`badge ${badge.id} has no credential`)
  const signed = await signCredential(tools, badge, credential)
  const isNew = await inTransaction(tools.db, (tx) =>
    keep({ ...tools, db: tx }, { badge, credential, actor, ...signed }),
  )
  if (isNew) tools.metrics.minted()
}

type Signed = { badge: Badge; credential: Credential; actor: Actor; bytes: string; key: string }

async function keep(
  tools: Tools,
  { badge, credential, actor, bytes, key }: Signed,
): Promise<boolean> {
  const { db } = tools
  await lockPeople(tools, [{ source: badge.source, id: badge.candidateId }])
  await lockBadge(db, badge.id)
  const present = await findBadge(db, badge.id)
  if (!present || present.revokedAt || present.issuedAt) return false
  await keepDataIntegrity(db, credential.id, bytes, key)
  const at = tools.now()
  await changeBadge(db, badge.id, { issuedAt: at })
  const result = await findResult(db, badge.source, badge.resultId)
  if (result?.state === 'waiting') await settleResult(db, result, withBadge(result))
  await writeAudit(db, { at, actor, action: 'badge.issued', subject: badge.id })
  await planMail(tools, badge.id, badge.renews ? 'renewed' : 'earned')
  await planReminders(tools, badge)
  await planClaimReminders(tools, { ...badge, issuedAt: at })
  return true
}
