import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../src/storage/tables.ts'

/** Makes an SQLite database fail whenever a message about a result is stored. Answers how to end that. */
export async function refuseResult(
  db: Kysely<Tables>,
  resultId: string,
): Promise<() => Promise<unknown>> {
  await sql`create trigger refused_result before insert on result_message
    when new.result_id = ${sql.lit(resultId)}
    begin select raise(abort, 'the disk is full'); end`.execute(db)
  return () => sql`drop trigger refused_result`.execute(db)
}
