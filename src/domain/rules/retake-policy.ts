import type { Programme } from '../../../schemas/programme.ts'
import { type Attempt, byMoment, dayOf, later, momentOf } from './attempt.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'

/** A failure that the retake rule counts. Of an erased candidate, only the day is left. */
export type Failure = { attempt?: Attempt; day: string }

/** A question about a pass that came too soon, or a failure that may count. */
export type RetakeQuestion = { attempt: Attempt; item: ReviewItem; decision: string | undefined }

/** The retake rule applied to the attempts of one exam family, oldest first (programme rules, part 4). */
export type RetakeRecord = {
  /** Passes that the rule or an operator accepts. */
  passes: Attempt[]
  /** Counted failures since the last pass. */
  failures: Failure[]
  /** The first day on which the next attempt may start; undefined while no failure counts. */
  earliest: string | undefined
  /** Passes that came too soon, and failures that may or may not count. */
  questions: RetakeQuestion[]
}

/**
 * What a record depends on: operators' decisions, the current programme, and the days of failures of erased candidates.
 */
export type RetakeFacts = { decisions: Decisions; current: Programme; erased: string[] }

/** Applies the retake rule to one exam family. The order of `attempts` does not matter. */
export function applyRetakePolicy(attempts: Attempt[], facts: RetakeFacts): RetakeRecord {
  const record: RetakeRecord = { passes: [], failures: [], earliest: undefined, questions: [] }
  const { decisions, current } = facts
  const erased = facts.erased.toSorted()
  const dated = attempts.filter(({ finalMessage }) => momentOf(finalMessage) !== undefined)
  for (const attempt of dated.toSorted(byMoment(({ finalMessage }) => momentOf(finalMessage)))) {
    const day = dayOf(momentOf(attempt.finalMessage) as Temporal.Instant, current.timeZone)
    while (erased[0] !== undefined && erased[0] <= day) enterDay(record, erased.shift(), current)
    if (attempt.finalMessage.outcome === 'passed') enterPass(record, attempt, decisions)
    else enterFailure(record, attempt, decisions, current)
  }
  for (const day of erased) enterDay(record, day, current)
  return record
}

function enterDay(record: RetakeRecord, day: string | undefined, current: Programme) {
  if (day === undefined) return
  record.failures.push({ day })
  record.earliest = earliestAfter(record.failures, current)
}

function enterPass(record: RetakeRecord, attempt: Attempt, decisions: Decisions) {
  const { programme } = attempt.version
  const earliest = earliestAfter(record.failures, programme)
  const { scheduledAt, startedAt, endedAt } = attempt.finalMessage
  const start = dayOf(scheduledAt ?? startedAt ?? endedAt ?? '', programme.timeZone)
  if (earliest !== undefined && start < earliest) {
    const item = brokenRule(attempt, start, earliest, record.failures.length)
    const decision = decisions.get(item.id)
    record.questions.push({ attempt, item, decision })
    if (decision !== 'issue') return
  }
  record.passes.push(attempt)
  record.failures = []
  record.earliest = undefined
}

function enterFailure(
  record: RetakeRecord,
  attempt: Attempt,
  decisions: Decisions,
  current: Programme,
) {
  const { outcome, contentShown } = attempt.finalMessage
  if (outcome === 'no-show' || (outcome === 'aborted' && contentShown === false)) return
  if (outcome === 'aborted' && contentShown === undefined) {
    const item = contentUnknown(attempt)
    const decision = decisions.get(item.id)
    record.questions.push({ attempt, item, decision })
    if (decision !== 'count') return
  }
  const moment = momentOf(attempt.finalMessage)
  if (!moment) return
  record.failures.push({ attempt, day: dayOf(moment, current.timeZone) })
  record.earliest = earliestAfter(record.failures, current)
}

/** After more failures than the programme lists waits, the last wait applies. */
function earliestAfter(failures: Failure[], { policies }: Programme): string | undefined {
  const last = failures.at(-1)
  const wait = policies.retakeWaits.at(Math.min(failures.length, policies.retakeWaits.length) - 1)
  return last && wait ? later(last.day, wait) : undefined
}

function brokenRule(attempt: Attempt, start: string, earliest: string, failures: number) {
  const { source, resultId, message } = attempt.result
  const { exam } = attempt.finalMessage
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
  const { exam, outcome } = attempt.finalMessage
  return reviewItem(
    {
      kind: 'content-unknown',
      source,
      candidateId: message.candidate.id,
      resultId,
      facts: { exam, outcome },
      reason:
        'The attempt was aborted, and its message does not say whether exam content was shown. It counts for the retake rule only if you say so.',
    },
    [exam, momentOf(attempt.finalMessage)?.toString()],
  )
}
