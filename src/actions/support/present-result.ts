import { factOf } from '../../domain/rules/result.ts'
import { countingMessages } from '../../domain/rules/wrong-person.ts'
import type { Db, Tx } from '../../storage/database.ts'
import { findMessages } from '../../storage/results/result-messages.ts'
import {
  addResult,
  lockResult,
  type RecordedFact,
  replaceFact,
} from '../../storage/results/results.ts'
import { findDecisions } from '../../storage/results/review-items.ts'

type Key = { source: string; resultId: string }

/**
 * Computes the fact of a result from all its messages and operators' decisions, records it with the state `waiting`,
 * and locks the result until the transaction ends. Answers the candidates that it belonged to before and belongs to
 * now.
 */
export async function presentResult(
  db: Tx,
  key: Key,
): Promise<{ before: string | undefined; now: string }> {
  const first = await readFact(db, key)
  if (await addResult(db, key, first)) return { before: undefined, now: candidateOf(first) }
  const before = await lockResult(db, key)
  // A message that came before the lock counts, too.
  const recorded = await readFact(db, key)
  await replaceFact(db, key, recorded)
  return { before, now: candidateOf(recorded) }
}

/** Decisions are read only where messages differ so much that an operator was asked. */
async function readFact(db: Db, key: Key): Promise<RecordedFact> {
  const messages = await findMessages(db, key)
  const clear = countingMessages(messages, new Map()).counting.length === messages.length
  const candidates = new Set(messages.map(({ message }) => message.candidate.id))
  const fact = clear
    ? factOf(messages)
    : factOf(messages, await findDecisions(db, key, [...candidates]))
  const kept = messages.find(({ message }) => message.revision === fact.message.revision)
  return { fact, kept: kept?.message ?? fact.message }
}

const candidateOf = ({ fact }: RecordedFact) => fact.message.candidate.id
