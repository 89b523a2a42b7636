import type { ApiKey } from '../domain/api-key.ts'
import type { Db } from './database.ts'

/** Keeps an API key by its hash. */
export async function keepApiKey(db: Db, key: ApiKey & { createdAt: string }): Promise<void> {
  await db
    .insertInto('api_key')
    .values({
      id: key.id,
      name: key.name,
      hash: key.hash,
      scopes: key.scopes.join(' '),
      created_at: key.createdAt,
    })
    .execute()
}

/** The API key with this public id. */
export async function findApiKey(db: Db, id: string): Promise<ApiKey | undefined> {
  const row = await db
    .selectFrom('api_key')
    .select(['id', 'name', 'hash', 'scopes'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, scopes: row.scopes.split(' ') as ApiKey['scopes'] }
}
