import type { ExamResult, KeptMessage, ResultState } from '../../../schemas/exam-result.ts'
import { tidyName } from '../people/name-text.ts'
import { countingMessages, type RecordedMessage } from './message-conflicts.ts'
import type { Decisions, ReviewItem } from './review.ts'

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
  finalMessage: KeptMessage | null
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
export function factOf(messages: RecordedMessage[], decisions: Decisions = new Map()): Fact {
  const { counting, contested } = countingMessages(messages, decisions)
  const latestFirst = counting.toReversed()
  const [message] = latestFirst
  if (!message) throw new Error('a result has no messages')
  const word = latestFirst.find(saysHow)
  return {
    message: withTidyNames(message),
    finalMessage: word ? withReceipt(withTimes(word, latestFirst), counting) : null,
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

/** Whether a message tells any time of the attempt itself. */
export const hasTimes = ({ startedAt, endedAt, scheduledAt }: Partial<ExamResult>) =>
  [startedAt, endedAt, scheduledAt].some((moment) => moment !== undefined)

const saysHow = ({ released, outcome }: ExamResult) => released && outcome !== 'under-review'

/** Whether a later message asks to wait, held or under review. */
export function isPending({ message, finalMessage }: Fact): boolean {
  return finalMessage !== null && finalMessage.revision !== message.revision
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
