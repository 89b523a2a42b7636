import { knockingKey } from '../access/api-keys.ts'
import type { ApiKey } from '../domain/api-key.ts'
import { findApiKey } from '../storage/api-keys.ts'
import type { Tools } from './tools.ts'

/** The API key that knocks; nothing without one, or with a wrong one. */
export function identifyCaller(
  { db }: Pick<Tools, 'db'>,
  authorization: string | undefined,
): Promise<ApiKey | undefined> {
  return knockingKey(authorization, (id) => findApiKey(db, id))
}
