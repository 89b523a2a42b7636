import type { ExamResult, KeptMessage } from '../../../schemas/exam-result.ts'
import type { Exam } from '../../../schemas/programme.ts'
import { findExam, type ProgrammeVersion } from '../programme/programme.ts'
import { type Result, resultKey } from './result.ts'

/** A result that says how an attempt went, at an exam that the programme has. */
export type Attempt = {
  result: Result
  finalMessage: KeptMessage
  exam: Exam
  /** The programme that it is judged by: its badge's own, else the one in force. */
  version: ProgrammeVersion
}

/** The versions that a person's results are judged by. */
export type Versions = {
  current: ProgrammeVersion
  /** The version that the live badge of a result was made under, by the result's key. */
  pinned: Map<string, ProgrammeVersion>
}

/** The attempt that a result is; nothing while it has not said how it went, or when the programme has no such exam. */
export function attemptOf(result: Result, { current, pinned }: Versions): Attempt | undefined {
  const { finalMessage } = result
  if (!finalMessage) return undefined
  for (const version of [pinned.get(resultKey(result)), current]) {
    const exam = version && findExam(version.programme, finalMessage.exam)
    if (exam) return { result, finalMessage, exam, version }
  }
  return undefined
}

/** When an attempt took place, as well as its message says. */
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

/** A calendar day and a duration later; 31 January and a month is the last of February. */
export function later(day: string, duration: string): string {
  return Temporal.PlainDate.from(day).add(duration, { overflow: 'constrain' }).toString()
}

/** A calendar day and a duration earlier. */
export function earlier(day: string, duration: string): string {
  return Temporal.PlainDate.from(day).subtract(duration, { overflow: 'constrain' }).toString()
}

/** Oldest first; of the same moment, in the natural order of their ids, so that the order never rests on arrival. */
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

const natural = new Intl.Collator('en', { numeric: true })

/** R-9 before R-10. */
export function byKey(one: Result, other: Result): number {
  return (
    byCodeUnits(one.source, other.source) ||
    natural.compare(one.resultId, other.resultId) ||
    byCodeUnits(one.resultId, other.resultId)
  )
}

function byCodeUnits(one: string, other: string) {
  return Number(one > other) - Number(one < other)
}
