/** What an API key may do. */
export const scopes = [
  'results:write',
  'badges:read',
  'badges:write',
  'candidates:read',
  'candidates:erase',
  'review',
  'metrics:read',
  'mails:read',
  'mails:write',
] as const
export type Scope = (typeof scopes)[number]

/**
 * An API key as it is stored: only a hash of the key itself. Instants are ISO with `Z`; the day of its last use is in
 * UTC.
 */
export type ApiKey = {
  id: string
  name: string
  hash: string
  scopes: Scope[]
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
  lastUsedOn: string | null
}

/** Whether a key works, has expired, or was revoked. */
export type KeyState = 'active' | 'expired' | 'revoked'

export function keyState({ revokedAt, expiresAt }: ApiKey, now: string): KeyState {
  if (revokedAt !== null) return 'revoked'
  if (expiresAt === null) return 'active'
  return Temporal.Instant.compare(expiresAt, now) > 0 ? 'active' : 'expired'
}

/** The expiry of a key made now, from a number of days such as `90d`; undefined if the text is not of that form. */
export function expiryOf(days: string, now: string): string | undefined {
  const count = Number(/^([1-9]\d{0,3})d$/.exec(days)?.[1])
  if (!count) return undefined
  const ends = Temporal.Instant.from(now).add({ hours: 24 * count })
  return ends.toString({ fractionalSecondDigits: 3 })
}
