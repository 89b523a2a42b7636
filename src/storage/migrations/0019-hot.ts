import { type Kysely, sql } from 'kysely'

/** Badges are looked up by their result, revoked ones as well, at every message. */
export async function indexResults(db: Kysely<unknown>) {
  await sql.raw('create index badge_result on badge (source, result_id)').execute(db)
}
