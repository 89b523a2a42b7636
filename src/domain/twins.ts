import { type Attempt, byMoment } from './attempt.ts'
import { isPending, resultKey } from './result.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'

/** An attempt that is told of twice: all but one result about the same candidate, exam and start wait for an operator. */
export type Twin = { attempt: Attempt; item: ReviewItem; ignored: boolean }

type Parted = { attempts: Attempt[]; twins: Twin[] }

/**
 * Parts attempts from their twins. The one that ended first counts, of equal ones the first in natural order; but a badge that
 * is out already is not taken back for an equal one, nor does an equal one bring back what an operator revoked. `taken` has the
 * keys of results with such a badge.
 */
export function partTwins(all: Attempt[], decisions: Decisions, taken: Set<string>): Parted {
  const groups = Map.groupBy(all, (attempt) => startOf(attempt) ?? resultKey(attempt.result))
  const attempts: Attempt[] = []
  const twins: Twin[] = []
  for (const [start, group] of groups) {
    const asked = group.map((attempt) => ({ attempt, item: itemOf(attempt, start, group) }))
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
        twins.push({ attempt, item, ignored: decisions.get(item.id) === 'ignore' })
  }
  return { attempts, twins }
}

function startOf({ word }: Attempt) {
  if (word.startedAt === undefined || word.outcome === 'no-show') return undefined
  return `${word.exam} ${Temporal.Instant.from(word.startedAt)}`
}

function firstOf(group: Attempt[], taken: Set<string>): Attempt | undefined {
  const [first, ...others] = group.toSorted(byMoment(({ word }) => endOf(word.endedAt)))
  if (first?.word.outcome !== 'passed' || taken.has(resultKey(first.result))) return first
  return (
    others.find((other) => taken.has(resultKey(other.result)) && isEqual(first, other)) ?? first
  )
}

/** Whether it makes no difference which of two results has the badge, but to those who have its address. */
function isEqual(one: Attempt, other: Attempt) {
  return (
    other.word.outcome === one.word.outcome &&
    other.word.score === one.word.score &&
    other.word.scheduledAt === one.word.scheduledAt &&
    endOf(other.word.endedAt)?.toString() === endOf(one.word.endedAt)?.toString() &&
    isPending(other.result) === isPending(one.result) &&
    other.result.message.candidate.id === one.result.message.candidate.id
  )
}

function endOf(text: string | undefined) {
  return text === undefined ? undefined : Temporal.Instant.from(text)
}

function itemOf({ result, word }: Attempt, start: string, group: Attempt[]): ReviewItem {
  const { source, resultId, message } = result
  const results = group.map((each) => each.result.resultId).toSorted()
  return reviewItem(
    {
      kind: 'duplicate',
      source,
      candidateId: message.candidate.id,
      resultId,
      facts: { exam: word.exam, startedAt: word.startedAt, results },
      reason: `There is more than one result for the same candidate, exam and start (${results.join(', ')}); this may be a duplicate.`,
    },
    [start],
  )
}
