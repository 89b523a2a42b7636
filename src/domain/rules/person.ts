import type { ExamResult } from '../../../schemas/exam-result.ts'
import { normalEmail } from '../people/mail-address.ts'
import { byKey, momentOf } from './attempt.ts'
import type { Result } from './result.ts'
import { type ReviewItem, reviewItem } from './review.ts'

/** How an exam system knows a candidate; an e-mail address is never a key. */
export type CandidateKey = { source: string; id: string }

/** A candidate, as the exam system has them now. `mark` is a pseudonym of name and birth date, where both are known. */
export type Person = CandidateKey & {
  fullName: string
  latinName: string | null
  email: string
  locale: string | null
  mark: string | null
}

/** The candidate as the latest of their results has them; blank when no result is left. */
export function presentPerson(key: CandidateKey, results: Result[]): Person {
  const own = results.filter(
    ({ source, message }) => source === key.source && message.candidate.id === key.id,
  )
  const latest = own.toSorted(byLatest).at(-1)?.message.candidate
  return {
    ...key,
    fullName: latest?.fullName ?? '',
    latinName: latest?.latinName ?? null,
    email: latest ? normalEmail(latest.email) : '',
    locale: latest?.locale ?? null,
    mark: latest?.mark ?? null,
  }
}

function byLatest(one: Result, other: Result) {
  const [first, second] = [occurredAtOf(one.message), occurredAtOf(other.message)]
  if (first && second) return Temporal.Instant.compare(first, second) || byKey(one, other)
  return Number(first !== undefined) - Number(second !== undefined) || byKey(one, other)
}

function occurredAtOf(message: ExamResult) {
  return message.occurredAt ? Temporal.Instant.from(message.occurredAt) : momentOf(message)
}

/** An address that more candidates than this share belongs to an office or a test centre, not to one person. */
const mostLookalikes = 20

/** With so many, it is clear that there are too many, for the candidate among them and for the others. */
export const enoughLookalikes = mostLookalikes + 2

/** What two candidates may have in common if they are one person. */
export type Likeness = 'email' | 'mark'

/**
 * The question whether candidates who have something in common are one person. Undefined when they already are, or when
 * there are too many. The item is the same whichever candidate is looked at; one more candidate makes a new question.
 */
export function secondAccount(
  likeness: Likeness,
  alike: (CandidateKey & { personId: string })[],
): ReviewItem | undefined {
  const people = new Set(alike.map(({ personId }) => personId))
  const candidates = alike
    .map(({ source, id }) => ({ source, id }))
    .toSorted((one, other) => (keyText(one) < keyText(other) ? -1 : 1))
  const [first] = candidates
  if (!first || people.size < 2 || alike.length > mostLookalikes) return undefined
  const same = likeness === 'email' ? 'e-mail address' : 'name and birth date'
  return reviewItem(
    {
      kind: 'second-account',
      source: first.source,
      candidateId: first.id,
      resultId: null,
      facts: { same, candidates },
      reason: `${candidates.length} candidates have the same ${same}; they may be one person.`,
    },
    [same, ...candidates.map(keyText)],
  )
}

/** The key that identifies a candidate among all others. */
export function keyText({ source, id }: CandidateKey): string {
  return `${source} ${id}`
}
