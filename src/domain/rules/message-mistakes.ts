import type { ExamResult } from '../../../schemas/exam-result.ts'
import type { FieldError } from '../../problem.ts'
import { addressMistake } from '../people/mail-address.ts'
import { nameMistake } from '../people/name-text.ts'
import { hasTimes } from './result.ts'

/** How far the clock of an exam system may be ahead of Blazon's. */
const aheadOfClock = Temporal.Duration.from({ minutes: 5 })

/** Checks what the schema cannot; safe on any object. `now` is an ISO instant. */
export function messageMistakes(message: Partial<ExamResult>, now: string): FieldError[] {
  const mistakes: FieldError[] = candidateMistakes(message.candidate)
  const started = instant(message.startedAt)
  const ended = instant(message.endedAt)
  for (const [name, value] of moments(message))
    if (!instant(value))
      mistakes.push({
        path: `/${name}`,
        code: 'no-such-moment',
        message: `${name} is not a moment that exists; write it with its offset, such as 2026-11-22T09:00:00+08:00.`,
      })
  if (message.outcome === 'passed' && message.endedAt === undefined)
    mistakes.push({
      path: '/endedAt',
      code: 'missing',
      message: 'endedAt is missing: a pass is valid from the moment the attempt ended.',
    })
  if (mayCount(message) && !hasTimes(message) && message.occurredAt === undefined)
    mistakes.push({
      path: '/endedAt',
      code: 'missing',
      message: 'endedAt is missing: the wait for the next attempt begins on that day.',
    })
  const latest = Temporal.Instant.from(now).add(aheadOfClock)
  for (const [name, moment] of Object.entries({ endedAt: ended, startedAt: started }))
    if (moment && Temporal.Instant.compare(moment, latest) > 0)
      mistakes.push({
        path: `/${name}`,
        code: 'in-the-future',
        message: `${name} is more than 5 minutes in the future; check the clock and the offset.`,
      })
  if (ended && ended.epochMilliseconds < 0)
    mistakes.push({
      path: '/endedAt',
      code: 'before-1970',
      message: 'endedAt is before 1970, when there were no exams; check the clock.',
    })
  if (started && ended && Temporal.Instant.compare(started, ended) > 0)
    mistakes.push({
      path: '/startedAt',
      code: 'starts-after-end',
      message: 'startedAt is after endedAt.',
    })
  return mistakes
}

function candidateMistakes(candidate: unknown): FieldError[] {
  if (candidate === null || typeof candidate !== 'object') return []
  const fields = candidate as Record<string, unknown>
  return Object.entries(candidateRules).flatMap(([name, { mistakeOf, code }]) => {
    const value = fields[name]
    const mistake = typeof value === 'string' ? mistakeOf(value) : undefined
    return mistake ? [{ path: `/candidate/${name}`, code, message: `${name} ${mistake}.` }] : []
  })
}

const nameRule = { mistakeOf: nameMistake, code: 'bad-name' }
const candidateRules = {
  fullName: nameRule,
  latinName: nameRule,
  givenName: nameRule,
  familyName: nameRule,
  email: { mistakeOf: addressMistake, code: 'bad-email' },
}

/** Whether the retake rule counts this failure or asks about it, so that it needs a day. */
function mayCount({ outcome, contentShown }: Partial<ExamResult>) {
  return outcome === 'failed' || (outcome === 'aborted' && contentShown !== false)
}

function moments(message: Partial<ExamResult>) {
  const { startedAt, endedAt, scheduledAt, occurredAt } = message
  return Object.entries({ startedAt, endedAt, scheduledAt, occurredAt }).filter(
    ([, value]) => value !== undefined,
  )
}

function instant(text: unknown) {
  // Temporal would read a leap second as the second before it.
  if (typeof text !== 'string' || text.slice(16, 19) === ':60') return undefined
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}
