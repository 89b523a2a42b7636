import { normalId } from '../../domain/people/identifiers.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import type { Db } from '../database.ts'
import { findPerson } from './people.ts'

/**
 * A candidate's key as the database has it: as it was asked for where it is on record so, else with the id in its normal form.
 * Earlier versions kept ids with spaces around them, and those candidates must still be found.
 */
export async function keptSpelling(db: Db, key: CandidateKey): Promise<CandidateKey> {
  if ((await findPerson(db, key)) !== undefined) return key
  return { ...key, id: normalId(key.id) }
}
