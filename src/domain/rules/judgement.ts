import type { RevocationClass } from '../badge/badge.ts'
import { type Attempt, attemptOf, type Versions } from './attempt.ts'
import { type Chain, type Link, linkPasses } from './chain.ts'
import { keepLedger, type Ledger } from './ledger.ts'
import { isPending, parkedFor, type Result, resultKey, type Settled, withBadge } from './result.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'
import { partTwins } from './twins.ts'

/** All that a person's present rests on. Nothing in it tells in which order messages came. */
export type Case = Versions & {
  results: Result[]
  decisions: Decisions
  /** Keys of results that have an unrevoked badge. */
  live: Set<string>
  revoked: Map<string, { badgeId: string; revision: number }>
  /** Days of failures that outlived a candidate who was erased, by exam family. */
  erased: Map<string, string[]>
}

/** What becomes of one result. */
export type Verdict = {
  result: Result
  settled: Settled
  /** The badge that it must have; a live one that it must not have is revoked as `ends`. */
  link: Link | undefined
  ends: RevocationClass
}

/** What the programme says of a person: for every result its verdict, the ledgers, and what waits for an operator. */
export type Judgement = {
  verdicts: Map<string, Verdict>
  ledgers: Map<string, Ledger>
  chains: Map<string, Chain>
  items: ReviewItem[]
}

/**
 * Judges everything that is known of one person, from scratch: twins, then the retake rule by exam family, then the chain of
 * certifications by achievement. A pure function, so any order of messages ends in the same present (programme rules, part 5).
 */
export function judge(facts: Case): Judgement {
  const found = judgeWith(facts, new Set([...facts.live, ...facts.revoked.keys()]))
  const lost = [...facts.live].some((key) => found.verdicts.get(key)?.link === undefined)
  // A badge that must go has no say in which of two equal results stands.
  return lost ? judgeWith(facts, keptOnly(facts, found)) : found
}

function keptOnly({ live, revoked }: Case, { verdicts }: Judgement) {
  const kept = [...live].filter((key) => verdicts.get(key)?.link !== undefined)
  return new Set([...kept, ...revoked.keys()])
}

function judgeWith(facts: Case, taken: Set<string>): Judgement {
  const found: Judgement = {
    verdicts: new Map(),
    ledgers: new Map(),
    chains: new Map(),
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
  const { attempts, twins } = partTwins(known, facts.decisions, taken)
  for (const { attempt, item, ignored } of twins)
    settle(found, attempt.result, ignored ? ignoredTwin : ask(found, item, attempt), {
      ends: 'superseded',
    })
  const passes: Attempt[] = []
  const families = Map.groupBy(attempts, ({ exam }) => exam.family)
  for (const family of facts.erased.keys()) if (!families.has(family)) families.set(family, [])
  for (const [family, all] of families) passes.push(...heldAgainstRule(found, family, all, facts))
  for (const [achievement, all] of Map.groupBy(passes, ({ exam }) => exam.achievement))
    linked(found, achievement, linkPasses(all, facts))
  return found
}

const ignoredTwin: Settled = {
  state: 'recorded',
  reason: 'An operator decided that this is a duplicate.',
}

function heldAgainstRule(found: Judgement, family: string, all: Attempt[], facts: Case) {
  const ledger = keepLedger(all, {
    decisions: facts.decisions,
    current: facts.current.programme,
    erased: facts.erased.get(family) ?? [],
  })
  found.ledgers.set(family, ledger)
  for (const { attempt, item, decision } of ledger.asks) {
    if (!decision) settle(found, attempt.result, ask(found, item, attempt))
    if (decision === 'deny' || decision === 'revoke')
      settle(found, attempt.result, {
        state: 'recorded',
        reason: 'The attempt came too soon, and an operator decided that it earns no badge.',
      })
  }
  return ledger.passes
}

function linked(found: Judgement, achievement: string, chain: Chain) {
  found.chains.set(achievement, chain)
  found.items.push(...chain.items)
  for (const { attempt, settled, superseded } of chain.refused)
    settle(found, attempt.result, settled, { ends: superseded ? 'superseded' : 'withdrawn' })
  for (const link of chain.links)
    settle(found, link.attempt.result, withBadge(link.attempt.result), { link })
}

/** A later message that only asks to wait is what the result is; but what waits for an operator says so first. */
function settle(
  { verdicts }: Judgement,
  result: Result,
  settled: Settled,
  { link, ends = 'withdrawn' }: { link?: Link; ends?: RevocationClass } = {},
) {
  const waits = result.contested || (isPending(result) && settled.state !== 'parked')
  verdicts.set(resultKey(result), {
    result,
    settled: waits ? withBadge(result) : settled,
    link,
    ends,
  })
}

/** Asks an operator. A pass waits for the answer; anything else is on record, and earns nothing either way. */
function ask(
  { items }: Judgement,
  item: ReviewItem,
  { word }: { word: { outcome: string } },
): Settled {
  items.push(item)
  if (word.outcome !== 'passed') return { state: 'recorded', reason: item.reason }
  return parkedFor(item)
}

/** A result that has not said how it went, or is about an exam that the programme does not have. */
function unjudged(found: Judgement, result: Result, { decisions }: Case): Settled {
  const { word, message } = result
  if (!word)
    return message.released
      ? { state: 'recorded' }
      : { state: 'held', reason: 'The result is not released yet.' }
  if (word.outcome !== 'passed') return { state: 'recorded' }
  const item = reviewItem(
    {
      kind: 'unknown-exam',
      source: result.source,
      candidateId: message.candidate.id,
      resultId: result.resultId,
      facts: { exam: word.exam },
      reason: `The programme has no exam ${word.exam}. Add it to the programme file and start Blazon again.`,
    },
    [word.exam],
  )
  if (decisions.has(item.id))
    return { state: 'recorded', reason: `An operator dismissed it: there is no exam ${word.exam}.` }
  return ask(found, item, { word })
}
