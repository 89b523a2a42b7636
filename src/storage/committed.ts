import type { Db } from './database.ts'
import { committedVersion, isSqlite } from './sqlite.ts'

/**
 * A number that is another one as soon as a read can see another commit, of any process. Undefined on PostgreSQL, where
 * only a question to the server would tell.
 */
export function versionOfReads(db: Db): number | undefined {
  return isSqlite(db) ? committedVersion(db) : undefined
}
