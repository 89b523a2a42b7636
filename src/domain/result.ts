import type { ExamResult, KeptMessage, ResultState } from '../../schemas/exam-result.ts'
import type { FieldError } from '../problem.ts'
import { addressMistake } from './mail-address.ts'
import { nameMistake, tidyName } from './name-text.ts'
import type { Decisions, ReviewItem } from './review.ts'
import { countMessages, type Told } from './somebody-else.ts'

/** The fact that all messages of a result make, and what became of it. */
export type Result = Fact & {
  source: string
  resultId: string
  revision: number
  state: ResultState
  reason: string | null
  parkedFor: ParkedFor | null
}

export type Fact = {
  /** What the highest revision says, of those that count. */
  message: KeptMessage
  /** The last message that said how it went: released, and not under review. A later one only asks to wait. */
  word: KeptMessage | null
  /** The question about the last message, where it may be about somebody else; until then it does not count. */
  contested: ReviewItem | null
}

/** Why a result is parked: `unknown-exam` mends itself with the programme, the others wait for an operator. */
export type ParkedFor =
  | 'unknown-exam'
  | 'duplicate'
  | 'retake'
  | 'revoked'
  | 'early'
  | 'somebody-else'

/** What became of a result; a parked one says for what. */
export type Settled =
  | { state: Exclude<ResultState, 'parked'>; reason?: string }
  | { state: 'parked'; reason: string; parkedFor: ParkedFor }

/** What all messages of one result come to, in whatever order they came. There must be one. */
export function factOf(messages: Told[], decisions: Decisions = new Map()): Fact {
  const { counted, contested } = countMessages(messages, decisions)
  const latestFirst = counted.toReversed()
  const [message] = latestFirst
  if (!message) throw new Error('a result has no messages')
  const word = latestFirst.find(saysHow)
  return {
    message: withTidyNames(message),
    word: word ? withReceipt(withTimes(word, latestFirst), counted) : null,
    contested,
  }
}

/** Messages are kept as they were sent; what is made of them has its names in one form. */
function withTidyNames(message: KeptMessage): KeptMessage {
  const { fullName, latinName } = message.candidate
  const names = {
    fullName: tidyName(fullName),
    ...(latinName && { latinName: tidyName(latinName) }),
  }
  return { ...message, candidate: { ...message.candidate, ...names } }
}

/** An end that was ahead of the clock is held against the time at which it was first told, however often it is told again. */
function withReceipt({ receivedAt: _, ...word }: KeptMessage, messages: KeptMessage[]) {
  const first = messages
    .filter(({ endedAt }) => isSameMoment(endedAt, word.endedAt))
    .flatMap(({ receivedAt }) => receivedAt ?? [])
    .toSorted()[0]
  return { ...word, ...(first && { receivedAt: first }) }
}

function isSameMoment(one: string | undefined, other: string | undefined) {
  if (one === undefined || other === undefined) return false
  return Temporal.Instant.compare(one, other) === 0
}

/** An invalidation may say nothing of the attempt: then its day is that of the result (programme rules, part 4). */
function withTimes(word: KeptMessage, latestFirst: KeptMessage[]): KeptMessage {
  const told = [word, ...latestFirst].find((each) => each.exam === word.exam && hasTimes(each))
  if (!told) return word
  const { startedAt, endedAt, scheduledAt } = told
  return {
    ...word,
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt }),
    ...(scheduledAt && { scheduledAt }),
  }
}

const hasTimes = ({ startedAt, endedAt, scheduledAt }: Partial<ExamResult>) =>
  [startedAt, endedAt, scheduledAt].some((moment) => moment !== undefined)

const saysHow = ({ released, outcome }: ExamResult) => released && outcome !== 'under-review'

/** Whether a later message asks to wait, held or under review. */
export function isPending({ message, word }: Fact): boolean {
  return word !== null && word.revision !== message.revision
}

/** What a result is while its last message may be about somebody else. */
export function parkedFor({ kind, reason }: ReviewItem): Settled {
  return { state: 'parked', parkedFor: kind as ParkedFor, reason }
}

/** What a result is once its badge is out: a later message that waits, or only asks to wait, has the last word. */
export function withBadge(result: Fact): Settled {
  if (result.contested) return parkedFor(result.contested)
  if (!isPending(result)) return { state: 'issued' }
  if (result.message.released) return { state: 'recorded', reason: 'The result is under review.' }
  return { state: 'held', reason: 'The result is not released.' }
}

/** A result among all others. */
export function resultKey({ source, resultId }: { source: string; resultId: string }): string {
  return `${source} ${resultId}`
}

/** Whether an attempt ended after `now`, an ISO instant, by the clock that the message was written by. */
export function isAhead({ endedAt }: Pick<ExamResult, 'endedAt'>, now: string): boolean {
  return endedAt !== undefined && Temporal.Instant.compare(endedAt, now) > 0
}

/** As much may the clock of an exam system be ahead of ours. */
const aheadOfClock = Temporal.Duration.from({ minutes: 5 })

/** What a schema cannot say about a message; safe on any object. `now` is an ISO instant. */
export function messageMistakes(message: Partial<ExamResult>, now: string): FieldError[] {
  const mistakes: FieldError[] = candidateMistakes(message.candidate)
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
  if (mayCount(message) && !hasTimes(message) && message.occurredAt === undefined)
    mistakes.push({
      path: '/endedAt',
      message: 'endedAt is missing: the wait for the next attempt begins on that day.',
    })
  const latest = Temporal.Instant.from(now).add(aheadOfClock)
  for (const [name, moment] of Object.entries({ endedAt: ended, startedAt: started }))
    if (moment && Temporal.Instant.compare(moment, latest) > 0)
      mistakes.push({
        path: `/${name}`,
        message: `${name} is more than 5 minutes in the future; check the clock and the offset.`,
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

function candidateMistakes(candidate: unknown): FieldError[] {
  if (candidate === null || typeof candidate !== 'object') return []
  const fields = candidate as Record<string, unknown>
  return Object.entries(candidateRules).flatMap(([name, mistakeOf]) => {
    const value = fields[name]
    const mistake = typeof value === 'string' ? mistakeOf(value) : undefined
    return mistake ? [{ path: `/candidate/${name}`, message: `${name} ${mistake}.` }] : []
  })
}

const candidateRules = {
  fullName: nameMistake,
  latinName: nameMistake,
  givenName: nameMistake,
  familyName: nameMistake,
  email: addressMistake,
}

/** A failure that the retake rule counts or asks about, and that has a day of its own. */
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
  // A leap second would be taken for the second before it.
  if (typeof text !== 'string' || text.slice(16, 19) === ':60') return undefined
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}
