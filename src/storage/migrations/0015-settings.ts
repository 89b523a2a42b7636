import { type Kysely, sql } from 'kysely'

/** Before, a badge could be let be found while it was not public, and came back to the lists once it was. */
export async function clearFound(db: Kysely<unknown>) {
  const found = "discoverable = 1 and visibility <> 'public'"
  await sql
    .raw(`update badge set discoverable = 0, changes = changes + 1 where ${found}`)
    .execute(db)
}
