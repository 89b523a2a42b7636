import type { BadgeAnswer } from '../../../schemas/badge.ts'
import { badgeAnswer } from '../../domain/badge/badge.ts'
import { Problem } from '../../problem.ts'
import { applyReinstatement, applySuspension } from '../issuing/change-state.ts'
import { lockIssuedBadge } from '../support/lock-issued-badge.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

type Asked = { id: string; note?: string | undefined; actor: Actor }

/**
 * Puts a badge under review. Blazon's answers show it at once; files have revocation only (privacy, Suspension).
 * Repeating it changes nothing. Throws `not-found`, and `conflict` when it is revoked.
 */
export async function suspendBadge(tools: Tools, { id, note, actor }: Asked): Promise<BadgeAnswer> {
  return transaction(tools, async (tools) => {
    const badge = await lockUnrevoked(tools.db, id, 'suspended')
    await applySuspension(tools, { badge, actor, note, by: 'operator' })
    return badgeAnswer(await lockIssuedBadge(tools.db, id), tools.addresses, tools.now())
  })
}

/** Lifts a suspension. Repeating it changes nothing. Throws `not-found`, and `conflict` when the badge is revoked. */
export async function reinstateBadge(
  tools: Tools,
  { id, note, actor }: Asked,
): Promise<BadgeAnswer> {
  return transaction(tools, async (tools) => {
    const badge = await lockUnrevoked(tools.db, id, 'reinstated')
    if (badge.suspendedAt) await applyReinstatement(tools, { badge, actor, note })
    return badgeAnswer(await lockIssuedBadge(tools.db, id), tools.addresses, tools.now())
  })
}

async function lockUnrevoked(db: TxTools['db'], id: string, wish: string) {
  const badge = await lockIssuedBadge(db, id)
  if (badge.revokedAt)
    throw new Problem(
      'conflict/badge-revoked',
      `The badge is revoked, so it cannot be ${wish}. Send a new revision of its result to issue it again.`,
    )
  return badge
}
