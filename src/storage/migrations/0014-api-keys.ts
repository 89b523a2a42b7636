import { type Kysely, sql } from 'kysely'

const columns = ['expires_at text', 'revoked_at text', 'last_used_on text']

/** API keys can run out and be revoked, and say on which day they were used last. */
export async function addKeyEnds(db: Kysely<unknown>) {
  for (const column of columns)
    await sql.raw(`alter table api_key add column ${column}`).execute(db)
}
