import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApiKey, Scope } from '../domain/work/api-key.ts'
import { Problem } from '../problem.ts'

/** Keys hold 256 random bits, so a plain SHA-256 is enough to store them by. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

type Find = (id: string) => Promise<ApiKey | undefined>

/** The API key in an `Authorization` header; undefined if there is none or it is wrong. */
export async function presentedKey(
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

/**
 * For callers that know Basic credentials only: any user, with the API key as the password. Other headers stay
 * unchanged.
 */
export function asBearer(authorization: string | undefined): string | undefined {
  const basic = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1]
  if (!basic) return authorization
  const text = Buffer.from(basic, 'base64').toString('utf8')
  return `Bearer ${text.slice(text.indexOf(':') + 1)}`
}

/** Accepts a key with the scope. Throws `unauthenticated` without a key, `forbidden` when the key lacks the scope. */
export function requireScope(key: ApiKey | undefined, scope: Scope): ApiKey {
  if (!key)
    throw new Problem(
      'unauthenticated/api-key-needed',
      'Send a valid API key: Authorization: Bearer blazon_… (made with: npm run api-key -- create).',
    )
  if (!key.scopes.includes(scope))
    throw new Problem(
      'forbidden/scope-missing',
      `This API key lacks the scope ${scope}; make one that has it.`,
    )
  return key
}
