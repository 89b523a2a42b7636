import { normalId } from '../../domain/people/normal-ids.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import type { Db } from '../database.ts'
import { findPerson } from './people.ts'

/**
 * The key under which the database has a candidate: the given one if it is on record, else the one with the normalised
 * id. Earlier versions kept spaces around ids, and those candidates must still be found.
 */
export async function keptSpelling(db: Db, key: CandidateKey): Promise<CandidateKey> {
  if ((await findPerson(db, key)) !== undefined) return key
  return { ...key, id: normalId(key.id) }
}
