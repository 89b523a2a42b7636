import type { RevocationClass } from '../badge/badge.ts'
import { type Attempt, attemptOf, type Versions } from './attempt.ts'
import { separateDuplicates } from './duplicate-attempts.ts'
import { linkPasses, type Renewals, type ValidPass } from './renewals.ts'
import { isPending, parkedFor, type Result, resultKey, type Settled, withBadge } from './result.ts'
import { applyRetakePolicy, type RetakeRecord } from './retake-policy.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'

/** The facts that determine a person's results and badges. The order of messages is not among them. */
export type Case = Versions & {
  results: Result[]
  decisions: Decisions
  /** Keys of results that have an unrevoked badge. */
  live: Set<string>
  revoked: Map<string, { badgeId: string; revision: number }>
  /** By exam family: the days of failures of erased candidates, which still count. */
  erased: Map<string, string[]>
}

/** The outcome for one result. */
export type Verdict = {
  result: Result
  settled: Settled
  /** The pass that the badge is for. Without one, a live badge is revoked with the class `ends`. */
  link: ValidPass | undefined
  ends: RevocationClass
}

/** The outcome for a person: a verdict for every result, the retake records, and the questions for an operator. */
export type Judgement = {
  verdicts: Map<string, Verdict>
  retakeRecords: Map<string, RetakeRecord>
  renewals: Map<string, Renewals>
  items: ReviewItem[]
}

/**
 * Judges everything known about one person, from scratch: duplicates, then the retake rule by exam family, then
 * renewals by achievement. A pure function: the order of messages does not change its answer (programme rules, part 5).
 */
export function judge(facts: Case): Judgement {
  const found = judgeWith(facts, new Set([...facts.live, ...facts.revoked.keys()]))
  const lost = [...facts.live].some((key) => found.verdicts.get(key)?.link === undefined)
  // A badge that must go does not decide which of two equal results counts.
  return lost ? judgeWith(facts, keptOnly(facts, found)) : found
}

function keptOnly({ live, revoked }: Case, { verdicts }: Judgement) {
  const kept = [...live].filter((key) => verdicts.get(key)?.link !== undefined)
  return new Set([...kept, ...revoked.keys()])
}

function judgeWith(facts: Case, taken: Set<string>): Judgement {
  const found: Judgement = {
    verdicts: new Map(),
    retakeRecords: new Map(),
    renewals: new Map(),
    items: [],
  }
  const known: Attempt[] = []
  for (const result of facts.results) {
    if (result.contested) found.items.push(result.contested)
    const attempt = attemptOf(result, facts)
    if (attempt) known.push(attempt)
    settle(found, result, attempt ? { state: 'recorded' } : unjudged(found, result, facts), {
      ends: attempt ? 'withdrawn' : 'corrected',
    })
  }
  const { attempts, duplicates } = separateDuplicates(known, facts.decisions, taken)
  for (const { attempt, item, ignored } of duplicates)
    settle(found, attempt.result, ignored ? ignoredDuplicate : ask(found, item, attempt), {
      ends: 'superseded',
    })
  const passes: Attempt[] = []
  const families = Map.groupBy(attempts, ({ exam }) => exam.family)
  for (const family of facts.erased.keys()) if (!families.has(family)) families.set(family, [])
  for (const [family, all] of families) passes.push(...judgeRetakes(found, family, all, facts))
  for (const [achievement, all] of Map.groupBy(passes, ({ exam }) => exam.achievement))
    judgeRenewals(found, achievement, linkPasses(all, facts))
  return found
}

const ignoredDuplicate: Settled = {
  state: 'recorded',
  reason: 'An operator decided that this is a duplicate.',
}

function judgeRetakes(found: Judgement, family: string, all: Attempt[], facts: Case) {
  const record = applyRetakePolicy(all, {
    decisions: facts.decisions,
    current: facts.current.programme,
    erased: facts.erased.get(family) ?? [],
  })
  found.retakeRecords.set(family, record)
  for (const { attempt, item, decision } of record.questions) {
    if (!decision) settle(found, attempt.result, ask(found, item, attempt))
    if (decision === 'deny' || decision === 'revoke')
      settle(found, attempt.result, {
        state: 'recorded',
        reason: 'The attempt came too soon, and an operator decided that it earns no badge.',
      })
  }
  return record.passes
}

function judgeRenewals(found: Judgement, achievement: string, renewals: Renewals) {
  found.renewals.set(achievement, renewals)
  found.items.push(...renewals.items)
  for (const { attempt, settled, superseded } of renewals.refused)
    settle(found, attempt.result, settled, { ends: superseded ? 'superseded' : 'withdrawn' })
  for (const link of renewals.valid)
    settle(found, link.attempt.result, withBadge(link.attempt.result), { link })
}

/** Records a verdict. A pending message decides the state, unless the result waits for an operator. */
function settle(
  { verdicts }: Judgement,
  result: Result,
  settled: Settled,
  { link, ends = 'withdrawn' }: { link?: ValidPass; ends?: RevocationClass } = {},
) {
  const waits = result.contested || (isPending(result) && settled.state !== 'parked')
  verdicts.set(resultKey(result), {
    result,
    settled: waits ? withBadge(result) : settled,
    link,
    ends,
  })
}

/** Asks an operator. A pass waits for the answer; any other outcome is recorded, since it earns nothing either way. */
function ask(
  { items }: Judgement,
  item: ReviewItem,
  { finalMessage }: { finalMessage: { outcome: string } },
): Settled {
  items.push(item)
  if (finalMessage.outcome !== 'passed') return { state: 'recorded', reason: item.reason }
  return parkedFor(item)
}

/** Settles a result that is not final, or whose exam the programme does not have. */
function unjudged(found: Judgement, result: Result, { decisions }: Case): Settled {
  const { finalMessage, message } = result
  if (!finalMessage)
    return message.released
      ? { state: 'recorded' }
      : { state: 'held', reason: 'The result is not released yet.' }
  if (finalMessage.outcome !== 'passed') return { state: 'recorded' }
  const item = reviewItem(
    {
      kind: 'unknown-exam',
      source: result.source,
      candidateId: message.candidate.id,
      resultId: result.resultId,
      facts: { exam: finalMessage.exam },
      reason: `The programme has no exam ${finalMessage.exam}. Add it to the programme file and start Blazon again.`,
    },
    [finalMessage.exam],
  )
  if (decisions.has(item.id))
    return {
      state: 'recorded',
      reason: `An operator dismissed it: there is no exam ${finalMessage.exam}.`,
    }
  return ask(found, item, { finalMessage })
}
