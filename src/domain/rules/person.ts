import type { ExamResult } from '../../../schemas/exam-result.ts'
import { normalEmail } from '../people/mail-address.ts'
import { byKey, momentOf } from './attempt.ts'
import type { Result } from './result.ts'
import { type ReviewItem, reviewItem } from './review.ts'

/** How an exam system knows a candidate; an e-mail address is never a key. */
export type CandidateKey = { source: string; id: string }

/** A candidate as the exam system has them now. `mark` is an HMAC of name and birth date, where both are known. */
export type Person = CandidateKey & {
  fullName: string
  latinName: string | null
  email: string
  locale: string | null
  mark: string | null
}

/** What the latest of a candidate's results says of them; blank, when none is left. */
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
  const [first, second] = [saidAt(one.message), saidAt(other.message)]
  if (first && second) return Temporal.Instant.compare(first, second) || byKey(one, other)
  return Number(first !== undefined) - Number(second !== undefined) || byKey(one, other)
}

function saidAt(message: ExamResult) {
  return message.occurredAt ? Temporal.Instant.from(message.occurredAt) : momentOf(message)
}

/** More candidates than this share an address only because it is an office's or a test centre's. */
export const mostLookalikes = 20

/** What two candidates may have in common that one person would. */
export type Likeness = 'email' | 'mark'

/**
 * Candidates who may be one person, because of what they have in common; nothing when they are one already, or too many. The same
 * item whichever of them is looked at; another candidate makes it a new question.
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

/** A candidate among all others. */
export function keyText({ source, id }: CandidateKey): string {
  return `${source} ${id}`
}
