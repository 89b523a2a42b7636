import type { ExamResult, KeptMessage, ResultState } from '../../../schemas/exam-result.ts'
import { tidyName } from '../people/name-text.ts'
import type { Decisions, ReviewItem } from './review.ts'
import { countingMessages, type RecordedMessage } from './wrong-person.ts'

/** The fact that all messages of a result make, and its state. */
export type Result = Fact & {
  source: string
  resultId: string
  revision: number
  state: ResultState
  reason: string | null
  parkedFor: ParkedFor | null
}

export type Fact = {
  /** The counting message with the highest revision. */
  message: KeptMessage
  /** The last released message that is not under review. A later one only asks to wait. */
  finalMessage: KeptMessage | null
  /**
   * The question whether the last message is about another person. The message does not count until an operator
   * decides.
   */
  contested: ReviewItem | null
}

/** Why a result is parked. `unknown-exam` ends when the programme gets the exam; the others wait for an operator. */
export type ParkedFor =
  | 'unknown-exam'
  | 'duplicate'
  | 'retake'
  | 'revoked'
  | 'early'
  | 'somebody-else'

/** The state of a result; a parked one says what it waits for. */
export type Settled =
  | { state: Exclude<ResultState, 'parked'>; reason?: string }
  | { state: 'parked'; reason: string; parkedFor: ParkedFor }

/** The fact that all messages of one result make, in any order. Needs at least one message. */
export function factOf(messages: RecordedMessage[], decisions: Decisions = new Map()): Fact {
  const { counting, contested } = countingMessages(messages, decisions)
  const latestFirst = counting.toReversed()
  const [message] = latestFirst
  if (!message) throw new Error('a result has no messages')
  const final = latestFirst.find(isFinal)
  return {
    message: withTidyNames(message),
    finalMessage: final ? withReceipt(withTimes(final, latestFirst), counting) : null,
    contested,
  }
}

/** Messages are kept as sent; the fact has its names normalised. */
function withTidyNames(message: KeptMessage): KeptMessage {
  const { fullName, latinName } = message.candidate
  const names = {
    fullName: tidyName(fullName),
    ...(latinName && { latinName: tidyName(latinName) }),
  }
  return { ...message, candidate: { ...message.candidate, ...names } }
}

/**
 * The receipt is that of the first message with this end, since an end ahead of the clock is compared with that
 * receipt.
 */
function withReceipt({ receivedAt: _, ...final }: KeptMessage, messages: KeptMessage[]) {
  const first = messages
    .filter(({ endedAt }) => isSameMoment(endedAt, final.endedAt))
    .flatMap(({ receivedAt }) => receivedAt ?? [])
    .toSorted()[0]
  return { ...final, ...(first && { receivedAt: first }) }
}

function isSameMoment(one: string | undefined, other: string | undefined) {
  if (one === undefined || other === undefined) return false
  return Temporal.Instant.compare(one, other) === 0
}

/** An invalidation may have no times; then it has those of the result (programme rules, part 4). */
function withTimes(final: KeptMessage, latestFirst: KeptMessage[]): KeptMessage {
  const timed = [final, ...latestFirst].find((each) => each.exam === final.exam && hasTimes(each))
  if (!timed) return final
  const { startedAt, endedAt, scheduledAt } = timed
  return {
    ...final,
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt }),
    ...(scheduledAt && { scheduledAt }),
  }
}

/** Whether a message has any time of the attempt itself. */
export const hasTimes = ({ startedAt, endedAt, scheduledAt }: Partial<ExamResult>) =>
  [startedAt, endedAt, scheduledAt].some((moment) => moment !== undefined)

const isFinal = ({ released, outcome }: ExamResult) => released && outcome !== 'under-review'

/** Whether a later message is held or under review. */
export function isPending({ message, finalMessage }: Fact): boolean {
  return finalMessage !== null && finalMessage.revision !== message.revision
}

/** The state of a result while an operator must decide about its last message. */
export function parkedFor({ kind, reason }: ReviewItem): Settled {
  return { state: 'parked', parkedFor: kind as ParkedFor, reason }
}

/** The state of a result that has its badge. A later message that is contested, held or under review decides. */
export function withBadge(result: Fact): Settled {
  if (result.contested) return parkedFor(result.contested)
  if (!isPending(result)) return { state: 'issued' }
  if (result.message.released) return { state: 'recorded', reason: 'The result is under review.' }
  return { state: 'held', reason: 'The result is not released.' }
}

/** The key that identifies a result among all others. */
export function resultKey({ source, resultId }: { source: string; resultId: string }): string {
  return `${source} ${resultId}`
}

/** Whether the exam system's clock puts the end of an attempt after `now`, an ISO instant. */
export function isAhead({ endedAt }: Pick<ExamResult, 'endedAt'>, now: string): boolean {
  return endedAt !== undefined && Temporal.Instant.compare(endedAt, now) > 0
}
