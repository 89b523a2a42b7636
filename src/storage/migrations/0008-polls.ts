import { type Kysely, sql } from 'kysely'

const columns = ['asked text', 'refused_at text', 'refused_from text']

/**
 * A poll stores its request, so that its cursor is not used for another one, and where it first met a refused result.
 */
export async function addPolls(db: Kysely<unknown>) {
  for (const column of columns) await sql.raw(`alter table poll add column ${column}`).execute(db)
}
