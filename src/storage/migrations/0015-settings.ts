import { type Kysely, sql } from 'kysely'

/** Before, a badge that was not public could be set discoverable, and was listed again once it was public. */
export async function clearFound(db: Kysely<unknown>) {
  const found = "discoverable = 1 and visibility <> 'public'"
  await sql
    .raw(`update badge set discoverable = 0, changes = changes + 1 where ${found}`)
    .execute(db)
}
