import type { KeptMessage } from '../../../schemas/exam-result.ts'
import type { Holder } from '../badge/badge.ts'
import { tidyName } from '../people/name-text.ts'
import type { CandidateKey } from '../rules/person.ts'
import type { Result } from '../rules/result.ts'
import { type Decisions, type ReviewItem, reviewItem } from '../rules/review.ts'

/** A candidate's request to correct their name. Numbered from 1 for each candidate; instants are ISO with `Z`. */
export type NameRequest = CandidateKey & {
  number: number
  /** The name that was printed at the time. */
  was: Holder
  wanted: Holder
  reason: string
  askedAt: string
  takenBackAt: string | null
  /** The operator's answer to the candidate. */
  answer: string | null
}

/** The question that a request puts to an operator. */
export function requestItem({ source, id, number, was, wanted, reason }: NameRequest): ReviewItem {
  return reviewItem(
    {
      kind: 'name-correction',
      source,
      candidateId: id,
      resultId: null,
      facts: { number, was, wanted, why: reason },
      reason: 'The candidate says that their name is wrong. Compare it with the ID that was shown.',
    },
    [number],
  )
}

/**
 * Applies the approved requests to results. An approval is about a name, not a moment: where the exam system writes the
 * old name or the approved one, the approved one is used; any other name stays. So the order of messages does not
 * matter.
 */
export function correctNames(
  results: Result[],
  requests: NameRequest[],
  decisions: Decisions,
): Result[] {
  const approved = requests
    .filter((request) => decisions.get(requestItem(request).id) === 'approve')
    .toSorted((one, other) => one.number - other.number)
  if (approved.length === 0) return results
  return results.map((result) => approved.reduce(correct, result))
}

function correct(result: Result, { source, id, was, wanted }: NameRequest): Result {
  const { candidate } = result.message
  const { fullName, latinName = null } = candidate
  const known = fullName === was.fullName || fullName === wanted.fullName
  if (result.source !== source || candidate.id !== id || !known) return result
  // With either name, a Latin spelling other than the old one is newer information from the exam system.
  const latin = latinName === was.latinName ? wanted.latinName : latinName
  return { ...result, message: named(result.message, wanted.fullName, latin) }
}

function named(message: KeptMessage, fullName: string, latinName: string | null): KeptMessage {
  const { latinName: _old, ...candidate } = message.candidate
  return { ...message, candidate: { ...candidate, fullName, ...(latinName && { latinName }) } }
}

/**
 * The open questions about candidates' names: the last request of each candidate, while a badge has the name it is
 * about. `results` are those with a badge, with approved names applied.
 */
export function nameQuestions(results: Result[], requests: NameRequest[]): ReviewItem[] {
  const last = requests.filter(
    ({ source, id, number }) =>
      !requests.some(
        (other) => other.source === source && other.id === id && other.number > number,
      ),
  )
  return last
    .filter((request) => request.takenBackAt === null && results.some((each) => has(each, request)))
    .map(requestItem)
}

function has({ source, message: { candidate } }: Result, { source: of, id, was }: NameRequest) {
  const { fullName, latinName = null } = candidate
  return source === of && candidate.id === id && isSameName({ fullName, latinName }, was)
}

/** Whether two names are the same, letter by letter, ignoring composition and surrounding spaces. */
export function isSameName(one: Holder, other: Holder): boolean {
  const composed = ({ fullName, latinName }: Holder) =>
    JSON.stringify([fullName, latinName].map((name) => name && tidyName(name)))
  return composed(one) === composed(other)
}
