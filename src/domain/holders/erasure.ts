import type { SentResult } from '../../../schemas/exam-result.ts'
import { normalEmail } from '../people/mail-address.ts'
import { later } from '../rules/attempt.ts'
import type { Ledger } from '../rules/ledger.ts'
import type { CandidateKey } from '../rules/person.ts'

/** What a holder wants done with the copies that they gave away. */
export type Copies = 'keep' | 'revoke'

/** Makes a mark that only this key ring can make: what stays of somebody is known by it and tells nothing without. */
export type Mark = (text: string) => string

/** The mark of a result, so that a replayed message finds that it was erased. */
export function resultMark(mark: Mark, { source, resultId }: { source: string; resultId: string }) {
  return mark(JSON.stringify(['erased result', source, resultId]))
}

/**
 * The mark of what a result of somebody else told of a candidate, known by their id, or by their address where the id is the
 * other's: a replay of that message is known, and messages about the other are not.
 */
export function namingMark(
  mark: Mark,
  { source, resultId }: { source: string; resultId: string },
  by: { id: string } | { email: string },
): string {
  return mark(JSON.stringify(['erased naming', source, resultId, by]))
}

/** The marks by which a message may be known as one that was erased. */
export function messageMarks(mark: Mark, { source, resultId, candidate }: SentResult): string[] {
  const of = { source, resultId }
  return [
    resultMark(mark, of),
    namingMark(mark, of, { id: candidate.id }),
    namingMark(mark, of, { email: normalEmail(candidate.email) }),
  ]
}

/** The mark of what a message said, so that the same one is known again. */
export function bodyMark(mark: Mark, bodyHash: string): string {
  return mark(JSON.stringify(['erased body', bodyHash]))
}

/** The mark of a candidate's attempts at an exam family. */
export function attemptMark(mark: Mark, { source, id }: CandidateKey, family: string): string {
  return mark(JSON.stringify(['erased attempts', source, id, family]))
}

/** A counted failure that outlives its candidate: the day it was on, and the day from which it can be forgotten. */
export type ErasedAttempt = { mark: string; day: string; forgetOn: string }

/** The failures that still count, for each candidate that the person was: whoever sits the exam next, the wait is the same. */
export function erasedAttempts(
  mark: Mark,
  candidates: CandidateKey[],
  ledgers: ReadonlyMap<string, Ledger>,
  waits: string[],
): ErasedAttempt[] {
  return candidates.flatMap((candidate) =>
    [...ledgers].flatMap(([family, { failures }]) =>
      failures.map(({ day }) => ({
        mark: attemptMark(mark, candidate, family),
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
