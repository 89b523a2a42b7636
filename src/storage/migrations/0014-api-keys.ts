import { type Kysely, sql } from 'kysely'

const columns = ['expires_at text', 'revoked_at text', 'last_used_on text']

/** API keys can expire and be revoked, and record the day of their last use. */
export async function addKeyEnds(db: Kysely<unknown>) {
  for (const column of columns)
    await sql.raw(`alter table api_key add column ${column}`).execute(db)
}
