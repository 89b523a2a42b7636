import { type Attempt, byMoment } from './attempt.ts'
import { isPending, resultKey } from './result.ts'
import { type Decisions, type ReviewItem, reviewItem } from './review.ts'

/**
 * An attempt that is told of twice: all but one result about the same sitting wait for an operator. A sitting is an exam and a
 * start; where no start is told, it is a candidate, an exam family and an end.
 */
export type Twin = { attempt: Attempt; item: ReviewItem; ignored: boolean }

type Parted = { attempts: Attempt[]; twins: Twin[] }

/**
 * Parts attempts from their twins. The one that ended first counts, of equal ones the first in natural order; but a badge that
 * is out already is not taken back for an equal one, nor does an equal one bring back what an operator revoked. `taken` has the
 * keys of results with such a badge.
 */
export function partTwins(all: Attempt[], decisions: Decisions, taken: Set<string>): Parted {
  const groups = Map.groupBy(all, (attempt) => sittingOf(attempt) ?? resultKey(attempt.result))
  const attempts: Attempt[] = []
  const twins: Twin[] = []
  for (const [sitting, group] of groups) {
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
        twins.push({ attempt, item, ignored: decisions.get(item.id) === 'ignore' })
  }
  return { attempts, twins }
}

function sittingOf({ word, exam, result }: Attempt): string | undefined {
  if (word.outcome === 'no-show') return undefined
  if (word.startedAt !== undefined) return `${word.exam} ${Temporal.Instant.from(word.startedAt)}`
  if (word.endedAt === undefined) return undefined
  const { source, message } = result
  const end = Temporal.Instant.from(word.endedAt).toString()
  return JSON.stringify([source, message.candidate.id, exam.family, end])
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
    other.word.exam === one.word.exam &&
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

function itemOf({ result, word }: Attempt, sitting: string, group: Attempt[]): ReviewItem {
  const { source, resultId, message } = result
  const { exam, startedAt, endedAt } = word
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
