import type { ExamResult, KeptMessage } from '../../../schemas/exam-result.ts'
import { normalEmail } from '../people/mail-address.ts'
import { nameKey } from '../people/name-keys.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'

/** A message of a result. A `trusted` one was kept before Blazon compared messages, and counts without a comparison. */
export type RecordedMessage = { message: KeptMessage; trusted?: boolean }

/**
 * The messages of a result that count, in the order of their revisions, and the open question about the last one, if
 * any.
 */
export type CountingMessages = { counting: KeptMessage[]; contested: ReviewItem | null }

/**
 * Separates the messages of one result that count from those that may be about another person. A message that changes
 * name, address and start at once does not count until an operator accepts it as a correction; a refused one is
 * ignored. Each message is compared with the last counting message of a lower revision, so the order of arrival does
 * not matter.
 */
export function countingMessages(
  messages: RecordedMessage[],
  decisions: Decisions,
): CountingMessages {
  const counting: KeptMessage[] = []
  let contested: ReviewItem | null = null
  for (const { message, trusted } of messages.toSorted(byRevision)) {
    const before = counting.at(-1)
    const item = before && !trusted && isAnotherPerson(before, message) && question(before, message)
    const decision = item ? decisions.get(item.id) : 'accept'
    if (decision === 'accept') counting.push(message)
    if (decision !== 'refuse') contested = item && !decision ? item : null
  }
  return { counting, contested }
}

const byRevision = (one: RecordedMessage, other: RecordedMessage) =>
  one.message.revision - other.message.revision

function isAnotherPerson(before: ExamResult, after: ExamResult): boolean {
  const names = namesOf(before)
  return (
    normalEmail(before.candidate.email) !== normalEmail(after.candidate.email) &&
    !namesOf(after).some((name) => names.includes(name)) &&
    isAnotherStart(before, after)
  )
}

/** The name and the Latin name: a message that adds one, or swaps them, is still about the same person. */
function namesOf({ candidate: { fullName, latinName } }: ExamResult): string[] {
  return [fullName, latinName].flatMap((name) => (name === undefined ? [] : nameKey(name)))
}

const aDay = 86_400_000

/** Compares the first kind of time that both messages have. A message without times changes none. */
function isAnotherStart(before: ExamResult, after: ExamResult): boolean {
  for (const name of ['startedAt', 'endedAt', 'scheduledAt'] as const) {
    const [one, other] = [before[name], after[name]]
    if (one !== undefined && other !== undefined) return millis(one) !== millis(other)
  }
  const [one, other] = [momentOf(before), momentOf(after)]
  return one !== undefined && other !== undefined && Math.abs(millis(one) - millis(other)) > aDay
}

const momentOf = ({ startedAt, endedAt, scheduledAt }: ExamResult) =>
  startedAt ?? endedAt ?? scheduledAt
const millis = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds

function question(before: KeptMessage, after: KeptMessage): ReviewItem {
  const { source, resultId } = before
  return reviewItem(
    {
      kind: 'somebody-else',
      source,
      candidateId: before.candidate.id,
      resultId,
      facts: { before: comparedFacts(before), after: comparedFacts(after) },
      reason: `Revision ${after.revision} changes name, e-mail address and start of the result at once, so it may be about another person with the same id. Nothing is issued or mailed for it. Accept it as a correction, or refuse it.`,
    },
    [identityOf(before), identityOf(after)],
  )
}

/** The facts that an operator compares. */
function comparedFacts({ revision, candidate, startedAt, endedAt, outcome }: KeptMessage) {
  return {
    revision,
    candidateId: candidate.id,
    fullName: candidate.fullName,
    outcome,
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt }),
  }
}

/** What a decision applies to: the two people, whatever revision names them. */
function identityOf(message: KeptMessage) {
  const { id, email } = message.candidate
  const at = momentOf(message)
  return [id, namesOf(message), normalEmail(email), at === undefined ? at : millis(at)]
}
