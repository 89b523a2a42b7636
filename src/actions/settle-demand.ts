import { type Award, awardFor, type Refused } from '../domain/award.ts'
import type { Badge } from '../domain/badge.ts'
import { demandOf, type Result } from '../domain/result.ts'
import { findLiveBadge, lockLiveBadge } from '../storage/badges.ts'
import { findTwin, settleResult } from '../storage/results.ts'
import { applyReinstatement, applyRevocation, applySuspension } from './change-state.ts'
import { reserve } from './reserve-badge.ts'
import type { Actor, Tools } from './tools.ts'

type Case = { result: Result; actor: Actor }

/**
 * Does what the highest revision of a result demands, inside the transaction that `tools.db` is: reserves a badge, suspends,
 * lifts, revokes, or notes why nothing happens. Answers whether a badge was reserved now. Safe to run again.
 */
export async function settleDemand(tools: Tools, { result, actor }: Case): Promise<boolean> {
  await lockLiveBadge(tools.db, result.source, result.resultId)
  const live = await findLiveBadge(tools.db, result.source, result.resultId)
  const demand = demandOf(result.message)
  if (demand === 'mint') return mint(tools, { result, actor }, live)
  if (demand === 'hold' && live)
    await park(
      tools,
      result,
      'The result was held back after its badge was issued. The badge is unchanged until an operator decides.',
    )
  if (demand === 'hold' && !live)
    await settleResult(tools.db, result, 'held', 'The result is not released yet.')
  if (demand === 'hold') return false
  if (live && demand === 'suspend')
    await applySuspension(tools, { badge: live, actor, by: 'result' })
  if (live && demand === 'revoke')
    await applyRevocation(tools, { badge: live, actor, revokedClass: 'withdrawn' })
  await settleResult(tools.db, result, 'recorded')
  return false
}

async function mint(tools: Tools, { result, actor }: Case, live: Badge | undefined) {
  const award = awardFor(tools.programmes.current(), result)
  if ('refused' in award && !live) {
    await settleResult(tools.db, result, award.state, award.refused)
    return false
  }
  if (live) {
    await keepLive(tools, { result, actor }, live, award)
    return false
  }
  if ('refused' in award) return false
  const twin = await findTwin(tools.db, result)
  if (twin) {
    await park(
      tools,
      result,
      `Result ${twin} has a badge for the same candidate, exam and start; this may be a duplicate.`,
    )
    return false
  }
  await settleResult(tools.db, result, 'waiting')
  await reserve(tools, { result, award })
  return true
}

/** A pass that already has a badge: a suspension by a result is lifted; other dates or another exam are for an operator. */
async function keepLive(
  tools: Tools,
  { result, actor }: Case,
  badge: Badge,
  award: Award | Refused,
) {
  const corrected =
    'refused' in award ||
    badge.exam !== result.message.exam ||
    badge.validFrom !== award.validity.validFrom
  if (corrected)
    return park(
      tools,
      result,
      'The exam or its date was corrected after the badge was issued. The badge is unchanged until an operator decides.',
    )
  if (badge.suspendedBy === 'result') await applyReinstatement(tools, { badge, actor })
  await settleResult(tools.db, result, badge.issuedAt ? 'issued' : 'waiting')
}

async function park(tools: Tools, result: Result, reason: string) {
  await settleResult(tools.db, result, 'parked', reason)
}
