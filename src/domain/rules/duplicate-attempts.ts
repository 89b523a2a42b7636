import { type Attempt, byMoment } from './attempt.ts'
import { isPending, resultKey } from './result.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'

/**
 * A second result about the same sitting. All but one result of a sitting wait for an operator. A sitting is an exam
 * and a start; where the message has no start, it is a candidate, an exam family and an end.
 */
export type DuplicateAttempt = { attempt: Attempt; item: ReviewItem; ignored: boolean }

type Separated = { attempts: Attempt[]; duplicates: DuplicateAttempt[] }

/**
 * Separates attempts from their duplicates. The attempt that ended first counts; of equal ones, the first in natural
 * order. Exception: an issued badge is not withdrawn in favour of an equal attempt, and an equal attempt does not
 * restore a badge that an operator revoked. `taken` holds the keys of results with such badges.
 */
export function separateDuplicates(
  all: Attempt[],
  decisions: Decisions,
  taken: Set<string>,
): Separated {
  const groups = Map.groupBy(all, (attempt) => sittingOf(attempt) ?? resultKey(attempt.result))
  const attempts: Attempt[] = []
  const duplicates: DuplicateAttempt[] = []
  for (const [sitting, group] of groups) {
    if (group.length === 1) {
      attempts.push(...group)
      continue
    }
    const asked = group.map((attempt) => ({ attempt, item: itemOf(attempt, sitting, group) }))
    const apart = asked.filter(({ item }) => decisions.get(item.id) === 'separate')
    const together = asked.filter(({ item }) => decisions.get(item.id) !== 'separate')
    const first = firstOf(
      together.map(({ attempt }) => attempt),
      taken,
    )
    attempts.push(...apart.map(({ attempt }) => attempt))
    if (first) attempts.push(first)
    for (const { attempt, item } of together)
      if (attempt !== first)
        duplicates.push({ attempt, item, ignored: decisions.get(item.id) === 'ignore' })
  }
  return { attempts, duplicates }
}

function sittingOf({ finalMessage, exam, result }: Attempt): string | undefined {
  if (finalMessage.outcome === 'no-show') return undefined
  if (finalMessage.startedAt !== undefined)
    return `${finalMessage.exam} ${Temporal.Instant.from(finalMessage.startedAt)}`
  if (finalMessage.endedAt === undefined) return undefined
  const { source, message } = result
  const end = Temporal.Instant.from(finalMessage.endedAt).toString()
  return JSON.stringify([source, message.candidate.id, exam.family, end])
}

function firstOf(group: Attempt[], taken: Set<string>): Attempt | undefined {
  const [first, ...others] = group.toSorted(
    byMoment(({ finalMessage }) => endOf(finalMessage.endedAt)),
  )
  if (first?.finalMessage.outcome !== 'passed' || taken.has(resultKey(first.result))) return first
  return (
    others.find((other) => taken.has(resultKey(other.result)) && isEqual(first, other)) ?? first
  )
}

/** Whether the badge could belong to either result, apart from its address. */
function isEqual(one: Attempt, other: Attempt) {
  return (
    other.finalMessage.exam === one.finalMessage.exam &&
    other.finalMessage.outcome === one.finalMessage.outcome &&
    other.finalMessage.score === one.finalMessage.score &&
    other.finalMessage.scheduledAt === one.finalMessage.scheduledAt &&
    endOf(other.finalMessage.endedAt)?.toString() === endOf(one.finalMessage.endedAt)?.toString() &&
    isPending(other.result) === isPending(one.result) &&
    other.result.message.candidate.id === one.result.message.candidate.id
  )
}

function endOf(text: string | undefined) {
  return text === undefined ? undefined : Temporal.Instant.from(text)
}

function itemOf({ result, finalMessage }: Attempt, sitting: string, group: Attempt[]): ReviewItem {
  const { source, resultId, message } = result
  const { exam, startedAt, endedAt } = finalMessage
  const [facts, same] =
    startedAt === undefined ? [{ endedAt }, 'exam and end'] : [{ startedAt }, 'exam and start']
  const results = group.map((each) => each.result.resultId).toSorted()
  return reviewItem(
    {
      kind: 'duplicate',
      source,
      candidateId: message.candidate.id,
      resultId,
      facts: { exam, ...facts, results },
      reason: `There is more than one result for the same candidate, ${same} (${results.join(', ')}); this may be a duplicate.`,
    },
    [sitting],
  )
}
