import type { Programme } from '../../../schemas/programme.ts'
import { type Attempt, byMoment, dayOf, later, momentOf } from './attempt.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'

/** A failure that the retake rule counts. Of a candidate who was erased only the day is left. */
export type Failure = { attempt?: Attempt; day: string }

/** What the retake rule says of one pass or unknown failure. */
export type LedgerAsk = { attempt: Attempt; item: ReviewItem; decision: string | undefined }

/** The attempts of one exam family, oldest first, held against the retake rule (programme rules, part 4). */
export type Ledger = {
  /** Passes that the rule lets through, or an operator did. */
  passes: Attempt[]
  /** Counted failures since the last pass. */
  failures: Failure[]
  /** The first day of the next attempt; nothing while no failure counts. */
  earliest: string | undefined
  /** Passes that broke the rule, and failures of which nobody knows whether they count. */
  asks: LedgerAsk[]
}

/** What a ledger is kept by: operators' decisions, the programme in force, and days of failures that outlived their candidate. */
export type LedgerFacts = { decisions: Decisions; current: Programme; erased: string[] }

/** Keeps the ledger of one exam family. The order of `attempts` does not matter. */
export function keepLedger(attempts: Attempt[], facts: LedgerFacts): Ledger {
  const ledger: Ledger = { passes: [], failures: [], earliest: undefined, asks: [] }
  const { decisions, current } = facts
  const erased = facts.erased.toSorted()
  const dated = attempts.filter(({ word }) => momentOf(word) !== undefined)
  for (const attempt of dated.toSorted(byMoment(({ word }) => momentOf(word)))) {
    const day = dayOf(momentOf(attempt.word) as Temporal.Instant, current.timeZone)
    while (erased[0] !== undefined && erased[0] <= day) enterDay(ledger, erased.shift(), current)
    if (attempt.word.outcome === 'passed') enterPass(ledger, attempt, decisions)
    else enterFailure(ledger, attempt, decisions, current)
  }
  for (const day of erased) enterDay(ledger, day, current)
  return ledger
}

function enterDay(ledger: Ledger, day: string | undefined, current: Programme) {
  if (day === undefined) return
  ledger.failures.push({ day })
  ledger.earliest = earliestAfter(ledger.failures, current)
}

function enterPass(ledger: Ledger, attempt: Attempt, decisions: Decisions) {
  const { programme } = attempt.version
  const earliest = earliestAfter(ledger.failures, programme)
  const { scheduledAt, startedAt, endedAt } = attempt.word
  const start = dayOf(scheduledAt ?? startedAt ?? endedAt ?? '', programme.timeZone)
  if (earliest !== undefined && start < earliest) {
    const item = brokenRule(attempt, start, earliest, ledger.failures.length)
    const decision = decisions.get(item.id)
    ledger.asks.push({ attempt, item, decision })
    if (decision !== 'issue') return
  }
  ledger.passes.push(attempt)
  ledger.failures = []
  ledger.earliest = undefined
}

function enterFailure(ledger: Ledger, attempt: Attempt, decisions: Decisions, current: Programme) {
  const { outcome, contentShown } = attempt.word
  if (outcome === 'no-show' || (outcome === 'aborted' && contentShown === false)) return
  if (outcome === 'aborted' && contentShown === undefined) {
    const item = contentUnknown(attempt)
    const decision = decisions.get(item.id)
    ledger.asks.push({ attempt, item, decision })
    if (decision !== 'count') return
  }
  const moment = momentOf(attempt.word)
  if (!moment) return
  ledger.failures.push({ attempt, day: dayOf(moment, current.timeZone) })
  ledger.earliest = earliestAfter(ledger.failures, current)
}

/** The wait after the n-th failure in a row holds for every later one, too. */
function earliestAfter(failures: Failure[], { policies }: Programme): string | undefined {
  const last = failures.at(-1)
  const wait = policies.retakeWaits.at(Math.min(failures.length, policies.retakeWaits.length) - 1)
  return last && wait ? later(last.day, wait) : undefined
}

function brokenRule(attempt: Attempt, start: string, earliest: string, failures: number) {
  const { source, resultId, message } = attempt.result
  const { exam } = attempt.word
  return reviewItem(
    {
      kind: 'retake',
      source,
      candidateId: message.candidate.id,
      resultId,
      facts: { exam, startedOn: start, earliest, failures },
      reason: `The attempt on ${start} came too soon: after ${failures === 1 ? 'a failed attempt' : `${failures} failed attempts`} the next one is from ${earliest} on. Issue the badge anyway, or deny it.`,
    },
    [exam, start],
  )
}

function contentUnknown(attempt: Attempt) {
  const { source, resultId, message } = attempt.result
  const { exam, outcome } = attempt.word
  return reviewItem(
    {
      kind: 'content-unknown',
      source,
      candidateId: message.candidate.id,
      resultId,
      facts: { exam, outcome },
      reason:
        'The attempt was aborted, and nobody said whether exam content had been shown. It counts for the retake rule only if you say so.',
    },
    [exam, momentOf(attempt.word)?.toString()],
  )
}
