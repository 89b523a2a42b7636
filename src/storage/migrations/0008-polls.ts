import { type Kysely, sql } from 'kysely'

const columns = ['asked text', 'refused_at text', 'refused_from text']

/** A poll knows what it asks, so that a cursor is not taken elsewhere, and where it first met a result that was refused. */
export async function addPolls(db: Kysely<unknown>) {
  for (const column of columns) await sql.raw(`alter table poll add column ${column}`).execute(db)
}
