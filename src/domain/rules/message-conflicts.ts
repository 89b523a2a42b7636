import type { ExamResult, KeptMessage } from '../../../schemas/exam-result.ts'
import { nameKey } from '../people/identity.ts'
import { normalEmail } from '../people/mail-address.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'

/** A message of a result. A `trusted` one was kept before messages were held against each other, and is taken as it stands. */
export type RecordedMessage = { message: KeptMessage; trusted?: boolean }

/** The messages of a result that count, in the order of their revisions, and the question about the last one, while it waits. */
export type CountingMessages = { counting: KeptMessage[]; contested: ReviewItem | null }

/**
 * Parts the messages of one result that count from those that may be about somebody else: a message that changes name, address
 * and start at once does not count until an operator takes it as a correction, and a refused one is as if it was never sent. Each
 * is held against the last message before it that counts, by revision, so the order in which they came does not matter.
 */
export function countingMessages(told: RecordedMessage[], decisions: Decisions): CountingMessages {
  const counting: KeptMessage[] = []
  let contested: ReviewItem | null = null
  for (const { message, trusted } of told.toSorted(byRevision)) {
    const before = counting.at(-1)
    const item = before && !trusted && isSomebodyElse(before, message) && question(before, message)
    const decision = item ? decisions.get(item.id) : 'accept'
    if (decision === 'accept') counting.push(message)
    if (decision !== 'refuse') contested = item && !decision ? item : null
  }
  return { counting, contested }
}

const byRevision = (one: RecordedMessage, other: RecordedMessage) =>
  one.message.revision - other.message.revision

function isSomebodyElse(before: ExamResult, after: ExamResult): boolean {
  const names = namesOf(before)
  return (
    normalEmail(before.candidate.email) !== normalEmail(after.candidate.email) &&
    !namesOf(after).some((name) => names.includes(name)) &&
    isAnotherStart(before, after)
  )
}

/** The name and the Latin name: whoever adds the one, or swaps them, names nobody else. */
function namesOf({ candidate: { fullName, latinName } }: ExamResult): string[] {
  return [fullName, latinName].flatMap((name) => (name === undefined ? [] : nameKey(name)))
}

const aDay = 86_400_000

/** Held against each other by what both messages tell; a message that tells no time changes none. */
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
      facts: { before: told(before), after: told(after) },
      reason: `Revision ${after.revision} changes name, e-mail address and start of the result at once, so it may be about somebody else who was given the same id. Nothing is issued or mailed for it. Accept it as a correction, or refuse it.`,
    },
    [identityOf(before), identityOf(after)],
  )
}

/** What an operator compares. */
function told({ revision, candidate, startedAt, endedAt, outcome }: KeptMessage) {
  return {
    revision,
    candidateId: candidate.id,
    fullName: candidate.fullName,
    outcome,
    ...(startedAt && { startedAt }),
    ...(endedAt && { endedAt }),
  }
}

/** A decision holds for the two that it was about, whatever revision tells of them. */
function identityOf(message: KeptMessage) {
  const { id, email } = message.candidate
  const at = momentOf(message)
  return [id, namesOf(message), normalEmail(email), at === undefined ? at : millis(at)]
}
