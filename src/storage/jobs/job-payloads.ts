import type { Db } from '../database.ts'

/** Deletes the payload of a job, where it must not outlive the job. */
export async function erasePayload(db: Db, key: string): Promise<void> {
  await db.updateTable('job').set({ payload: '{}' }).where('key', '=', key).execute()
}

/** How many of these jobs exist, finished or not. */
export async function countKeys(db: Db, keys: string[]): Promise<number> {
  const rows = await db.selectFrom('job').select('key').where('key', 'in', keys).execute()
  return rows.length
}
