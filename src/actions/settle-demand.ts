import { type Award, awardFor, type Refused } from '../domain/award.ts'
import type { Badge } from '../domain/badge.ts'
import { demandOf, type ParkedFor, type Result } from '../domain/result.ts'
import {
  changeBadge,
  dropReservation,
  findBadgeOfResult,
  findLiveBadge,
  lockLiveBadge,
} from '../storage/badges.ts'
import { findTwin, lockAttempt, settleResult } from '../storage/results.ts'
import { applyReinstatement, applyRevocation, applySuspension } from './change-state.ts'
import { reserve } from './reserve-badge.ts'
import type { Actor, Tools } from './tools.ts'

type Case = { result: Result; actor: Actor }

/**
 * Does what the highest revision of a result demands, inside the transaction that `tools.db` is: reserves a badge, suspends,
 * lifts, revokes, or notes why nothing happens. Answers whether a badge was reserved now. Safe to run again.
 */
export async function settleDemand(tools: Tools, { result, actor }: Case): Promise<boolean> {
  const live = await findPresent(tools, result)
  const demand = demandOf(result.message)
  if (demand === 'mint' && live) await keepLive(tools, { result, actor }, live)
  if (demand === 'mint') return live ? false : mint(tools, result)
  if (demand === 'hold') await hold(tools, result, live)
  if (demand === 'hold') return false
  if (live && demand === 'suspend')
    await applySuspension(tools, { badge: live, actor, by: 'result' })
  if (live && demand === 'revoke')
    await applyRevocation(tools, { badge: live, actor, revokedClass: 'withdrawn', by: 'result' })
  await settleResult(tools.db, result, { state: 'recorded' })
  return false
}

/** The live badge, held. A reservation for an older revision that was never signed is dropped: its facts may be wrong. */
async function findPresent({ db }: Tools, { source, resultId, revision }: Result) {
  await lockLiveBadge(db, source, resultId)
  const live = await findLiveBadge(db, source, resultId)
  if (!live || live.issuedAt || live.revision === revision) return live
  await dropReservation(db, live.id)
  return undefined
}

async function hold(tools: Tools, result: Result, live: Badge | undefined) {
  if (!live)
    return settleResult(tools.db, result, {
      state: 'held',
      reason: 'The result is not released yet.',
    })
  await park(
    tools,
    result,
    'held-back',
    'The result was held back after its badge was issued. The badge is unchanged until an operator decides.',
  )
}

async function mint(tools: Tools, result: Result) {
  const award = awardFor(tools.programmes.current(), result)
  if ('refused' in award) {
    await settleResult(tools.db, result, award.refused)
    return false
  }
  const last = await findBadgeOfResult(tools.db, result.source, result.resultId)
  if (last?.revokedBy === 'operator') {
    await park(
      tools,
      result,
      'revoked',
      'An operator revoked the badge of this result. Nothing is issued until an operator decides.',
    )
    return false
  }
  await lockAttempt(tools.db, result)
  const twin = await findTwin(tools.db, result)
  if (twin) {
    await park(
      tools,
      result,
      'duplicate',
      `Result ${twin} has a badge for the same candidate, exam and start; this may be a duplicate.`,
    )
    return false
  }
  await settleResult(tools.db, result, { state: 'waiting' })
  await reserve(tools, { result, award })
  return true
}

/**
 * A pass that has its badge already: the holder's name follows, a suspension by a result is lifted. Another candidate, exam or
 * date is for an operator.
 */
async function keepLive(tools: Tools, { result, actor }: Case, badge: Badge) {
  if (!badge.issuedAt) return settleResult(tools.db, result, { state: 'waiting' })
  if (isCorrected(badge, result, awardFor(tools.programmes.current(), result)))
    return park(
      tools,
      result,
      'correction',
      'The candidate, the exam or its date was corrected after the badge was issued. The badge is unchanged until an operator decides.',
    )
  const { fullName, latinName = null } = result.message.candidate
  if (badge.holder.fullName !== fullName || badge.holder.latinName !== latinName)
    await changeBadge(tools.db, badge.id, { holder: { fullName, latinName } })
  if (badge.suspendedBy === 'result') await applyReinstatement(tools, { badge, actor })
  await settleResult(tools.db, result, { state: 'issued' })
}

function isCorrected(badge: Badge, { message }: Result, award: Award | Refused) {
  if ('refused' in award && award.refused.state === 'parked') return true
  if (badge.exam !== message.exam || badge.candidateId !== message.candidate.id) return true
  return 'validity' in award && badge.validFrom !== award.validity.validFrom
}

function park(tools: Tools, result: Result, parkedFor: ParkedFor, reason: string) {
  return settleResult(tools.db, result, { state: 'parked', parkedFor, reason })
}
