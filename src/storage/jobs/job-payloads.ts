import type { Db } from '../database.ts'

/** Forgets what a job was about, when that must not outlast it. */
export async function erasePayload(db: Db, key: string): Promise<void> {
  await db.updateTable('job').set({ payload: '{}' }).where('key', '=', key).execute()
}

/** Which of these jobs there are, over or not. */
export async function countKeys(db: Db, keys: string[]): Promise<number> {
  const rows = await db.selectFrom('job').select('key').where('key', 'in', keys).execute()
  return rows.length
}
