import type { CandidateKey } from '../../domain/rules/person.ts'
import { uuid } from '../../domain/work/random-ids.ts'
import { lockPeople as lock } from '../../storage/results/person-locks.ts'
import type { TxTools } from '../tools/tools.ts'

/** Locks the people of these candidates, in the transaction that `db` is. Answers their ids. */
export function lockPeople(
  { db, random }: Pick<TxTools, 'db' | 'random'>,
  keys: CandidateKey[],
): Promise<string[]> {
  return lock(db, keys, () => uuid(random))
}
