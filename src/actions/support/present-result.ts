import { type Fact, factOf } from '../../domain/rules/result.ts'
import { countingMessages } from '../../domain/rules/wrong-person.ts'
import type { Db, Tx } from '../../storage/database.ts'
import { findMessages } from '../../storage/results/result-messages.ts'
import { addResult, lockResult, replaceFact } from '../../storage/results/results.ts'
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
  if (await addResult(db, key, first)) return { before: undefined, now: first.message.candidate.id }
  const before = await lockResult(db, key)
  // A message that came before the lock counts, too.
  const fact = await readFact(db, key)
  await replaceFact(db, key, fact)
  return { before, now: fact.message.candidate.id }
}

/** Decisions are read only where messages differ so much that an operator was asked. */
async function readFact(db: Db, key: Key): Promise<Fact> {
  const messages = await findMessages(db, key)
  if (countingMessages(messages, new Map()).counting.length === messages.length)
    return factOf(messages)
  const candidates = new Set(messages.map(({ message }) => message.candidate.id))
  return factOf(messages, await findDecisions(db, key, [...candidates]))
}
