import type { IssuedBadge } from '../../domain/badge/badge.ts'
import { type Result, withBadge } from '../../domain/rules/result.ts'
import { writeAudit } from '../../storage/audit.ts'
import { addBadge, markIssued } from '../../storage/badges/badge-changes.ts'
import { addCredential, keepDataIntegrity } from '../../storage/badges/credentials.ts'
import { findResult, settleResult } from '../../storage/results/results.ts'
import { lockPeople } from '../support/lock-people.ts'
import { planMailsOfIssue } from '../support/plan-mails.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import type { Reserved } from './reserve-badge.ts'
import { signCredential } from './sign-credential.ts'

/** A badge that was just issued, and its result as it is then. */
export type Issued = { badge: IssuedBadge; result: Result }

/**
 * Signs a reserved badge and stores the bytes: write, check, sign, store. Safe to repeat after a crash at any step, and
 * in two processes at once: ids and time are on record, Ed25519 is deterministic, and the first stored bytes stay.
 * Undefined if the badge was issued, revoked or dropped meanwhile.
 */
export async function issueBadge(
  tools: Tools,
  { actor, ...reserved }: Reserved & { actor: Actor },
): Promise<Issued | undefined> {
  const signed = await signCredential(tools, reserved.badge, reserved.credential)
  return transaction(tools, async (tools) => {
    const { source, candidateId } = reserved.badge
    await lockPeople(tools, [{ source, id: candidateId }])
    return keepIssued(tools, { ...reserved, ...signed, actor })
  })
}

type Signed = Reserved & { actor: Actor; bytes: string; key: string }

/** Stores a new badge with what was signed for it, in the transaction that `tools.db` is. */
export async function keepMinted(
  tools: TxTools,
  { badge: reserved, credential, result, actor, bytes, key }: Signed & { result: Result },
): Promise<Issued> {
  const { db } = tools
  const at = tools.now()
  const badge: IssuedBadge = { ...reserved, issuedAt: at, changes: reserved.changes + 1 }
  await addBadge(db, badge)
  await addCredential(db, { ...credential, dataIntegrity: bytes }, key)
  await writeAudit(db, { at, actor, action: 'badge.issued', subject: badge.id })
  await planMailsOfIssue(tools, badge)
  return { badge, result: { ...result, reason: null, parkedFor: null, ...withBadge(result) } }
}

/** Stores what was signed for a badge on record, in the transaction that `tools.db` is, which holds the person's lock. */
export async function keepIssued(
  tools: TxTools,
  { badge: reserved, credential, actor, bytes, key }: Signed,
): Promise<Issued | undefined> {
  const { db } = tools
  const at = tools.now()
  const badge = await markIssued(db, reserved.id, at)
  if (!badge) return undefined
  await keepDataIntegrity(db, credential.id, bytes, key)
  await writeAudit(db, { at, actor, action: 'badge.issued', subject: badge.id })
  await planMailsOfIssue(tools, badge)
  return { badge, result: await settled(tools, badge) }
}

/** The result of a badge that is issued: no longer waiting. */
async function settled({ db }: TxTools, { source, resultId }: IssuedBadge): Promise<Result> {
  const result = await findResult(db, source, resultId)
  if (!result) throw new Error('a badge is on record without its result')
  if (result.state !== 'waiting') return result
  const state = withBadge(result)
  await settleResult(db, result, state)
  return { ...result, reason: null, parkedFor: null, ...state }
}
