import type { ApiKey } from '../domain/work/api-key.ts'
import type { Db, Tx } from './database.ts'
import { fixedQuery } from './fixed-query.ts'

const columns = [
  'id',
  'name',
  'hash',
  'scopes',
  'created_at',
  'expires_at',
  'revoked_at',
  'last_used_on',
] as const

type Row = {
  id: string
  name: string
  hash: string
  scopes: string
  created_at: string
  expires_at: string | null
  revoked_at: string | null
  last_used_on: string | null
}

function toKey(row: Row): ApiKey {
  return {
    id: row.id,
    name: row.name,
    hash: row.hash,
    scopes: row.scopes.split(' ') as ApiKey['scopes'],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedOn: row.last_used_on,
  }
}

/** Stores an API key by its hash. */
export async function keepApiKey(db: Tx, key: ApiKey): Promise<void> {
  await db
    .insertInto('api_key')
    .values({
      id: key.id,
      name: key.name,
      hash: key.hash,
      scopes: key.scopes.join(' '),
      created_at: key.createdAt,
      expires_at: key.expiresAt,
    })
    .execute()
}

/** The API key with this public id, even if revoked or expired. */
export async function findApiKey(db: Db, id: string): Promise<ApiKey | undefined> {
  const [row] = await keyById(db, { id })
  return row && toKey(row)
}

const keyById = fixedQuery((db, { id }: { id: string }) =>
  db.selectFrom('api_key').select(columns).where('id', '=', id),
)

/** All API keys, oldest first. */
export async function listApiKeys(db: Db): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_key')
    .select(columns)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toKey)
}

/** Revokes a key permanently. Answers false if it was revoked already. */
export async function revokeApiKey(db: Tx, id: string, at: string): Promise<boolean> {
  const revoked = await db
    .updateTable('api_key')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return revoked.numUpdatedRows === 1n
}

/** Records the day of a use. Only the first use of a day writes. */
export async function noteKeyUse(db: Db, id: string, day: string): Promise<void> {
  await db
    .updateTable('api_key')
    .set({ last_used_on: day })
    .where('id', '=', id)
    .where((is) => is.or([is('last_used_on', 'is', null), is('last_used_on', '<', day)]))
    .execute()
}
