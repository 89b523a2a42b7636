import type { Db } from './database.ts'

/** Where an adapter that polls has come to; nothing, when it never was answered. */
export async function findCursor(db: Db, adapter: string): Promise<string | null> {
  const row = await db
    .selectFrom('poll')
    .select('cursor')
    .where('adapter', '=', adapter)
    .executeTakeFirst()
  return row?.cursor ?? null
}

/** Keeps where it has come to: only when everything before is kept. */
export async function keepCursor(
  db: Db,
  adapter: string,
  { cursor, at }: { cursor: string | null; at: string },
): Promise<void> {
  await db
    .insertInto('poll')
    .values({ adapter, cursor, polled_at: at })
    .onConflict((conflict) => conflict.column('adapter').doUpdateSet({ cursor, polled_at: at }))
    .execute()
}
