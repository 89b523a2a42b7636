import type { CandidateKey } from '../../domain/rules/person.ts'
import { internalId } from '../../domain/work/random-ids.ts'
import { lockPeople as lock } from '../../storage/results/person-locks.ts'
import type { TxTools } from '../tools/tools.ts'

/** Locks the people of these candidates, in the transaction that `db` is. Answers their ids. */
export function lockPeople(
  { db, random, now }: Pick<TxTools, 'db' | 'random' | 'now'>,
  keys: CandidateKey[],
): Promise<string[]> {
  return lock(db, keys, () => internalId(random, now()))
}
