import type { FastifyRequest } from 'fastify'
import { requireScope } from '../access/api-keys.ts'
import { identifyCaller } from '../actions/identify-caller.ts'
import type { Visitor } from '../actions/show-badge.ts'
import type { Actor, Tools } from '../actions/tools.ts'
import type { Scope } from '../domain/api-key.ts'

/** Who looks at a public address: a key with `badges:read` sees what the owner sees; any other counts as none (privacy, rule 8). */
export async function visitorOf(tools: Tools, request: FastifyRequest): Promise<Visitor> {
  const key = await identifyCaller(tools, request.headers.authorization)
  if (!key?.scopes.includes('badges:read')) return { viewer: 'public' }
  return { viewer: 'owner', actor: `api-key:${key.id}` }
}

/** Who calls the API. Throws `unauthenticated` or `forbidden`. */
export async function actorOf(
  tools: Tools,
  { headers }: Pick<FastifyRequest, 'headers'>,
  scope: Scope,
): Promise<Actor> {
  const key = requireScope(await identifyCaller(tools, headers.authorization), scope)
  return `api-key:${key.id}`
}
