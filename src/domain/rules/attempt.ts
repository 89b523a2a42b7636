import type { ExamResult, KeptMessage } from '../../../schemas/exam-result.ts'
import type { Exam } from '../../../schemas/programme.ts'
import { findExam, type ProgrammeVersion } from '../programme/programme.ts'
import { type Result, resultKey } from './result.ts'

/** A final result of an exam that the programme has. */
export type Attempt = {
  result: Result
  finalMessage: KeptMessage
  exam: Exam
  /** The programme version that judges it: the version of its badge, else the current one. */
  version: ProgrammeVersion
}

/** The programme versions that judge a person's results. */
export type Versions = {
  current: ProgrammeVersion
  /** By result key: the version under which the live badge of the result was made. */
  pinned: Map<string, ProgrammeVersion>
}

/** The attempt behind a result. Undefined while the result is not final, or when the programme lacks its exam. */
export function attemptOf(result: Result, { current, pinned }: Versions): Attempt | undefined {
  const { finalMessage } = result
  if (!finalMessage) return undefined
  for (const version of [pinned.get(resultKey(result)), current]) {
    const exam = version && findExam(version.programme, finalMessage.exam)
    if (exam) return { result, finalMessage, exam, version }
  }
  return undefined
}

/** When an attempt took place: its end, else its start, its schedule, or the time of the message. */
export function momentOf(finalMessage: ExamResult): Temporal.Instant | undefined {
  const text =
    finalMessage.endedAt ??
    finalMessage.startedAt ??
    finalMessage.scheduledAt ??
    finalMessage.occurredAt
  return text === undefined ? undefined : Temporal.Instant.from(text)
}

/** The calendar day of an instant, in the programme's zone. */
export function dayOf(instant: Temporal.Instant | string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** Adds a duration to a calendar day; 31 January plus a month is the last day of February. */
export function later(day: string, duration: string): string {
  return Temporal.PlainDate.from(day).add(duration, { overflow: 'constrain' }).toString()
}

/** Subtracts a duration from a calendar day. */
export function earlier(day: string, duration: string): string {
  return Temporal.PlainDate.from(day).subtract(duration, { overflow: 'constrain' }).toString()
}

/** Sorts oldest first, then by id in natural order, so that the order of arrival never matters. */
export function byMoment(
  moment: (attempt: Attempt) => Temporal.Instant | undefined,
): (one: Attempt, other: Attempt) => number {
  return (one, other) =>
    compareMoments(moment(one), moment(other)) || byKey(one.result, other.result)
}

function compareMoments(one: Temporal.Instant | undefined, other: Temporal.Instant | undefined) {
  if (one && other) return Temporal.Instant.compare(one, other)
  return Number(one === undefined) - Number(other === undefined)
}

/** Made when it is first needed: it takes ten milliseconds. */
let natural: Intl.Collator | undefined

/** Sorts by source, then by result id in natural order: R-9 before R-10. */
export function byKey(one: Result, other: Result): number {
  natural ??= new Intl.Collator('en', { numeric: true })
  return (
    byCodeUnits(one.source, other.source) ||
    natural.compare(one.resultId, other.resultId) ||
    byCodeUnits(one.resultId, other.resultId)
  )
}

function byCodeUnits(one: string, other: string) {
  return Number(one > other) - Number(one < other)
}
