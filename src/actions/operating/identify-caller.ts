import { presentedKey } from '../../access/api-keys.ts'
import { type ApiKey, keyState } from '../../domain/work/api-key.ts'
import { findApiKey, noteKeyUse } from '../../storage/api-keys.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * The API key of a request; undefined without one, or if it is wrong, revoked or expired. Each request reads it from
 * the database, so a revoked key stops at once in every process. The first use of a day is recorded in the background.
 */
export async function identifyCaller(
  { db, now, log }: Pick<Tools, 'db' | 'now' | 'log'>,
  authorization: string | undefined,
): Promise<ApiKey | undefined> {
  const key = await presentedKey(authorization, (id) => findApiKey(db, id))
  if (!key || keyState(key, now()) !== 'active') return undefined
  const today = now().slice(0, 10)
  if ((key.lastUsedOn ?? '') < today)
    noteKeyUse(db, key.id, today).catch((error: unknown) => {
      log.warn({ err: error }, 'the last use of an API key could not be recorded')
    })
  return key
}
