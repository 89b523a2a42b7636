import type { Db } from '../database.ts'

/** When links were asked for under a mark, held until the transaction ends. Instants are ISO with `Z`. */
export async function lockAsked(db: Db, mark: string, at: string): Promise<string[]> {
  const row = await db
    .insertInto('mail_limit')
    .values({ mark, asked: '[]', until: at })
    .onConflict((conflict) => conflict.column('mark').doUpdateSet({ mark }))
    .returning('asked')
    .executeTakeFirstOrThrow()
  return JSON.parse(row.asked) as string[]
}

/** Keeps when links were asked for under a mark, until an instant. */
export async function keepAsked(
  db: Db,
  mark: string,
  { asked, until }: { asked: string[]; until: string },
): Promise<void> {
  await db
    .updateTable('mail_limit')
    .set({ asked: JSON.stringify(asked), until })
    .where('mark', '=', mark)
    .execute()
}

/** Forgets who asked for nothing since an instant. */
export async function pruneAsked(db: Db, now: string): Promise<void> {
  await db.deleteFrom('mail_limit').where('until', '<', now).execute()
}
