import { presentedKey } from '../../access/api-keys.ts'
import { type ApiKey, keyState } from '../../domain/work/api-key.ts'
import { findApiKey, noteKeyUse } from '../../storage/api-keys.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * The API key that knocks; nothing without one, or with one that is wrong, revoked or expired. It is looked up each time, so that a
 * revoked key stops at once in every process. The first use of a day is noted, which no request waits for.
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
      log.warn({ err: error }, 'the last use of an API key could not be noted')
    })
  return key
}
