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

/** An API key as it is kept: the key itself only as a hash. */
export type ApiKey = { id: string; name: string; hash: string; scopes: Scope[] }
