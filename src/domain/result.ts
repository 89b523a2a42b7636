import type { ExamResult, ResultState } from '../../schemas/exam-result.ts'
import type { FieldError } from '../problem.ts'

/** The present fact of a result: what its highest revision says, and what became of it. */
export type Result = {
  source: string
  resultId: string
  revision: number
  message: ExamResult
  state: ResultState
  reason: string | null
  parkedFor: ParkedFor | null
}

/** Why a result is parked: `unknown-exam` mends itself with the programme, the others wait for an operator. */
export type ParkedFor = 'unknown-exam' | 'duplicate' | 'correction' | 'held-back' | 'revoked'

/** What became of a result; a parked one says for what. */
export type Settled =
  | { state: Exclude<ResultState, 'parked'>; reason?: string }
  | { state: 'parked'; reason: string; parkedFor: ParkedFor }

/** What the highest revision asks of the badge, before the programme has its say. */
export type Demand = 'hold' | 'mint' | 'suspend' | 'revoke'

/** A result that is not released is held; one that is no pass and not under review leaves no live badge. */
export function demandOf(message: ExamResult): Demand {
  if (!message.released) return 'hold'
  if (message.outcome === 'passed') return 'mint'
  return message.outcome === 'under-review' ? 'suspend' : 'revoke'
}

const aheadOfClock = Temporal.Duration.from({ minutes: 5 })

/** What a schema cannot say about a message; safe on any object. `now` is an ISO instant. */
export function messageMistakes(message: Partial<ExamResult>, now: string): FieldError[] {
  const mistakes: FieldError[] = []
  const started = instant(message.startedAt)
  const ended = instant(message.endedAt)
  for (const [name, value] of moments(message))
    if (!instant(value))
      mistakes.push({
        path: `/${name}`,
        message: `${name} is not a moment that exists; write it with its offset, such as 2026-11-22T09:00:00+08:00.`,
      })
  if (message.outcome === 'passed' && message.endedAt === undefined)
    mistakes.push({
      path: '/endedAt',
      message: 'endedAt is missing: a pass is valid from the moment the attempt ended.',
    })
  if (ended && Temporal.Instant.compare(ended, Temporal.Instant.from(now).add(aheadOfClock)) > 0)
    mistakes.push({
      path: '/endedAt',
      message: 'endedAt is more than 5 minutes in the future; check the clock and the offset.',
    })
  if (ended && ended.epochMilliseconds < 0)
    mistakes.push({
      path: '/endedAt',
      message: 'endedAt is before 1970, and no exam was; check the clock.',
    })
  if (started && ended && Temporal.Instant.compare(started, ended) > 0)
    mistakes.push({ path: '/startedAt', message: 'startedAt is after endedAt.' })
  return mistakes
}

function moments(message: Partial<ExamResult>) {
  const { startedAt, endedAt, scheduledAt, occurredAt } = message
  return Object.entries({ startedAt, endedAt, scheduledAt, occurredAt }).filter(
    ([, value]) => value !== undefined,
  )
}

function instant(text: unknown) {
  // A leap second would be taken for the second before it.
  if (typeof text !== 'string' || text.slice(16, 19) === ':60') return undefined
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}
