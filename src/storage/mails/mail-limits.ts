import type { Db, Tx } from '../database.ts'

/**
 * When links were requested under a pseudonym; the row is locked until the transaction ends. Instants are ISO with `Z`.
 */
export async function lockAsked(db: Tx, mark: string, at: string): Promise<string[]> {
  const row = await db
    .insertInto('mail_limit')
    .values({ mark, asked: '[]', until: at })
    .onConflict((conflict) => conflict.column('mark').doUpdateSet({ mark }))
    .returning('asked')
    .executeTakeFirstOrThrow()
  return JSON.parse(row.asked) as string[]
}

/** Stores when links were requested under a pseudonym, until an instant. */
export async function keepAsked(
  db: Tx,
  mark: string,
  { asked, until }: { asked: string[]; until: string },
): Promise<void> {
  await db
    .updateTable('mail_limit')
    .set({ asked: JSON.stringify(asked), until })
    .where('mark', '=', mark)
    .execute()
}

/** Deletes records without a recent request. */
export async function pruneAsked(db: Db, now: string): Promise<void> {
  await db.deleteFrom('mail_limit').where('until', '<', now).execute()
}
