import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiKey, Scope } from '../domain/api-key.ts'
import { Problem } from '../problem.ts'

/** Keys hold 256 random bits, so a plain SHA-256 is enough to keep them by. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

type Find = (id: string) => Promise<ApiKey | undefined>

/** The API key that an `Authorization` header holds; nothing, when there is none or it is wrong. */
export async function knockingKey(
  authorization: string | undefined,
  find: Find,
): Promise<ApiKey | undefined> {
  const token = /^Bearer ([A-Za-z0-9_]+)$/i.exec(authorization ?? '')?.[1]
  const id = /^blazon_([0-9a-f]{12})_[A-Za-z0-9]+$/.exec(token ?? '')?.[1]
  if (!token || !id) return undefined
  const key = await find(id)
  const given = Buffer.from(hashSecret(token))
  const kept = Buffer.from(key?.hash ?? hashSecret(''))
  return timingSafeEqual(given, kept) ? key : undefined
}

/** Lets a key with the scope in. Throws `unauthenticated` without one, `forbidden` when the scope is not among its own. */
export function requireScope(key: ApiKey | undefined, scope: Scope): ApiKey {
  if (!key)
    throw new Problem(
      'unauthenticated',
      'Send a valid API key: Authorization: Bearer blazon_… (made with: npm run api-key -- create).',
    )
  if (!key.scopes.includes(scope))
    throw new Problem('forbidden', `This API key has not the scope ${scope}; make one that has.`)
  return key
}
