import type { IssuedBadge } from '../../domain/badge/badge.ts'
import { type Result, withBadge } from '../../domain/rules/result.ts'
import { writeAudit, writeAudits } from '../../storage/audit.ts'
import { addBadges, markIssued } from '../../storage/badges/badge-changes.ts'
import { addCredentials, keepDataIntegrity, type Signed } from '../../storage/badges/credentials.ts'
import { settleResult } from '../../storage/results/result-states.ts'
import { findResult } from '../../storage/results/results.ts'
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
    return keepIssued(tools, { ...reserved, signed, actor })
  })
}

type SignedBadge = Reserved & { signed: Signed }

/** Stores a new badge with what was signed for it, in the transaction that `tools.db` is. */
export async function keepMinted(
  tools: TxTools,
  { result, actor, ...badge }: SignedBadge & { result: Result; actor: Actor },
): Promise<Issued> {
  const [issuedBadge] = await keepNewBadges(tools, [badge], actor)
  const issued = { ...result, reason: null, parkedFor: null, ...withBadge(result) }
  return { badge: issuedBadge as IssuedBadge, result: issued }
}

/** Stores new badges with what was signed for them, in the transaction that `tools.db` is. Answers them as issued. */
export async function keepNewBadges(
  tools: TxTools,
  minted: SignedBadge[],
  actor: Actor,
): Promise<IssuedBadge[]> {
  const { db } = tools
  const at = tools.now()
  const badges = minted.map(({ badge: reserved }) => ({
    ...reserved,
    issuedAt: at,
    changes: reserved.changes + 1,
  }))
  await addBadges(db, badges)
  await addCredentials(
    db,
    minted.map(({ credential, signed }) => ({ credential, signed })),
  )
  const entries = badges.map(({ id }) => ({ at, actor, action: 'badge.issued', subject: id }))
  await writeAudits(db, entries)
  await planMailsOfIssue(tools, badges)
  return badges
}

/** Stores what was signed for a badge on record, in the transaction that `tools.db` is, which holds the person's lock. */
export async function keepIssued(
  tools: TxTools,
  { badge: reserved, credential, actor, signed }: SignedBadge & { actor: Actor },
): Promise<Issued | undefined> {
  const { db } = tools
  const at = tools.now()
  const badge = await markIssued(db, reserved.id, at)
  if (!badge) return undefined
  await keepDataIntegrity(db, credential.id, signed)
  await writeAudit(db, { at, actor, action: 'badge.issued', subject: badge.id })
  await planMailsOfIssue(tools, [badge])
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
