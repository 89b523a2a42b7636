import type { KeptMessage } from '../../../schemas/exam-result.ts'
import type { Holder } from '../badge/badge.ts'
import { tidyName } from '../people/name-text.ts'
import type { CandidateKey } from '../rules/person.ts'
import type { Result } from '../rules/result.ts'
import { type Decisions, type ReviewItem, reviewItem } from '../rules/review.ts'

/** A candidate says that their name is wrong. Numbered from 1 for each candidate; instants are ISO with `Z`. */
export type NameRequest = CandidateKey & {
  number: number
  /** The name that was printed when they asked. */
  was: Holder
  wanted: Holder
  reason: string
  askedAt: string
  takenBackAt: string | null
  /** What the operator who decided tells the candidate. */
  answer: string | null
}

/** The question that a request is to an operator. */
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
 * Results with the names that operators approved. An approval says of a name, not of a moment: wherever the exam system writes the
 * old name, or the right one, the right one is read, and any other name is taken as it is. So it does not matter when messages came.
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
  // With either name, another Latin spelling than the old one is the exam system's newer word on it.
  const latin = latinName === was.latinName ? wanted.latinName : latinName
  return { ...result, message: named(result.message, wanted.fullName, latin) }
}

function named(message: KeptMessage, fullName: string, latinName: string | null): KeptMessage {
  const { latinName: _old, ...candidate } = message.candidate
  return { ...message, candidate: { ...candidate, fullName, ...(latinName && { latinName }) } }
}

/**
 * What candidates wait to hear about their names, one question each: the last that they asked, while a badge has the name that they
 * asked about. `results` are those that have a badge, with the names that were approved.
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

/** Whether two names are the same, letter by letter, however the letters were composed and whatever spaces are around. */
export function isSameName(one: Holder, other: Holder): boolean {
  const composed = ({ fullName, latinName }: Holder) =>
    JSON.stringify([fullName, latinName].map((name) => name && tidyName(name)))
  return composed(one) === composed(other)
}
