import type { SentResult } from '../../../schemas/exam-result.ts'
import { normalEmail } from '../people/mail-address.ts'
import { later } from '../rules/attempt.ts'
import type { CandidateKey } from '../rules/person.ts'
import type { RetakeRecord } from '../rules/retake-policy.ts'

/** What happens to the holder's copies: files that they downloaded or gave away. */
export type Copies = 'keep' | 'revoke'

/**
 * Makes a pseudonym that only this key ring can make. Records of erased people are stored under it, and reveal nothing
 * without the ring.
 */
export type Pseudonymise = (text: string) => string

/** The pseudonym of a result, so that a replayed message finds the result erased. */
export function resultPseudonym(
  pseudonymise: Pseudonymise,
  { source, resultId }: { source: string; resultId: string },
) {
  return pseudonymise(JSON.stringify(['erased result', source, resultId]))
}

/**
 * The pseudonym of a message about another candidate's result that named an erased candidate: by their id, or by their
 * address if the id is the other candidate's. A replay of that message is recognised; messages about the other
 * candidate are not.
 */
export function namingPseudonym(
  pseudonymise: Pseudonymise,
  { source, resultId }: { source: string; resultId: string },
  by: { id: string } | { email: string },
): string {
  return pseudonymise(JSON.stringify(['erased naming', source, resultId, by]))
}

/** The pseudonyms under which a message may have been erased. */
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

/** The pseudonym of a message's content, which identifies a replay. */
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

/** A counted failure that outlives its candidate: its day, and the day after which it can be deleted. */
export type ErasedAttempt = { pseudonym: string; day: string; forgetOn: string }

/** The failures that still count, for each candidate id of the person: an erasure does not shorten the wait. */
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

/** The day on which the longest wait after a failure ends; no wait depends on the failure after it. */
function lastDay(day: string, waits: string[]): string {
  const ends = waits.map((wait) => later(day, wait)).toSorted()
  return ends.at(-1) ?? day
}
