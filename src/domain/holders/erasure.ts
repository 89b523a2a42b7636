import type { SentResult } from '../../../schemas/exam-result.ts'
import { normalEmail } from '../people/mail-address.ts'
import { later } from '../rules/attempt.ts'
import type { CandidateKey } from '../rules/person.ts'
import type { RetakeRecord } from '../rules/retake-policy.ts'

/** What a holder wants done with the copies that they gave away. */
export type Copies = 'keep' | 'revoke'

/** Makes a pseudonym that only this key ring can make: what stays of somebody is known by it and tells nothing without. */
export type Pseudonymise = (text: string) => string

/** The pseudonym of a result, so that a replayed message finds that it was erased. */
export function resultPseudonym(
  pseudonymise: Pseudonymise,
  { source, resultId }: { source: string; resultId: string },
) {
  return pseudonymise(JSON.stringify(['erased result', source, resultId]))
}

/**
 * The pseudonym of what a result of somebody else told of a candidate, known by their id, or by their address where the id is the
 * other's: a replay of that message is known, and messages about the other are not.
 */
export function namingPseudonym(
  pseudonymise: Pseudonymise,
  { source, resultId }: { source: string; resultId: string },
  by: { id: string } | { email: string },
): string {
  return pseudonymise(JSON.stringify(['erased naming', source, resultId, by]))
}

/** The pseudonyms by which a message may be known as one that was erased. */
export function messagePseudonyms(
  pseudonymise: Pseudonymise,
  { source, resultId, candidate }: SentResult,
): string[] {
  const of = { source, resultId }
  return [
    resultPseudonym(pseudonymise, of),
    namingPseudonym(pseudonymise, of, { id: candidate.id }),
    namingPseudonym(pseudonymise, of, { email: normalEmail(candidate.email) }),
  ]
}

/** The pseudonym of what a message said, so that the same one is known again. */
export function bodyPseudonym(pseudonymise: Pseudonymise, bodyHash: string): string {
  return pseudonymise(JSON.stringify(['erased body', bodyHash]))
}

/** The pseudonym of a candidate's attempts at an exam family. */
export function attemptPseudonym(
  pseudonymise: Pseudonymise,
  { source, id }: CandidateKey,
  family: string,
): string {
  return pseudonymise(JSON.stringify(['erased attempts', source, id, family]))
}

/** A counted failure that outlives its candidate: the day it was on, and the day from which it can be forgotten. */
export type ErasedAttempt = { pseudonym: string; day: string; forgetOn: string }

/** The failures that still count, for each candidate that the person was: whoever sits the exam next, the wait is the same. */
export function erasedAttempts(
  pseudonymise: Pseudonymise,
  candidates: CandidateKey[],
  retakeRecords: ReadonlyMap<string, RetakeRecord>,
  waits: string[],
): ErasedAttempt[] {
  return candidates.flatMap((candidate) =>
    [...retakeRecords].flatMap(([family, { failures }]) =>
      failures.map(({ day }) => ({
        pseudonym: attemptPseudonym(pseudonymise, candidate, family),
        day,
        forgetOn: lastDay(failures.at(-1)?.day ?? day, waits),
      })),
    ),
  )
}

/** When the longest wait after a failure is over, no wait can rest on it any more. */
function lastDay(day: string, waits: string[]): string {
  const ends = waits.map((wait) => later(day, wait)).toSorted()
  return ends.at(-1) ?? day
}
