import type { FastifyRequest } from 'fastify'
import { requireScope } from '../access/api-keys.ts'
import { findOwner, type Owner } from '../actions/holders/sign-in.ts'
import { identifyCaller } from '../actions/operating/identify-caller.ts'
import type { Visitor } from '../actions/showing/show-badge.ts'
import type { Actor, Tools } from '../actions/tools/tools.ts'
import { agentOf } from '../domain/people/account.ts'
import type { Scope } from '../domain/work/api-key.ts'
import { sessionCookie } from './cookies.ts'

/**
 * Who looks at a public address: a key with `badges:read` sees what the owner sees, a session what is its account's own, a share
 * link its badge. Whatever is wrong counts as none (privacy, rule 8).
 */
export async function visitorOf(tools: Tools, request: FastifyRequest): Promise<Visitor> {
  const key = await identifyCaller(tools, request.headers.authorization)
  if (key?.scopes.includes('badges:read')) return { viewer: 'owner', actor: `api-key:${key.id}` }
  const owner = await ownerOf(tools, request)
  const { share } = request.query as { share?: unknown }
  return {
    viewer: 'public',
    ...(owner && { accountId: owner.account.id }),
    ...(typeof share === 'string' && { share }),
  }
}

/** Who is signed in. */
export async function ownerOf(tools: Tools, request: FastifyRequest): Promise<Owner | undefined> {
  const secret = sessionCookie(tools, request)
  if (!secret) return undefined
  return findOwner(tools, { secret, agent: agentOf(request.headers['user-agent']) })
}

/** Whether an answer may be for its visitor alone, because they brought a key, a session or a share link, right or wrong. */
export function bringsSecrets(request: FastifyRequest): boolean {
  const { share } = request.query as { share?: unknown }
  const session = Object.keys(request.cookies).some((name) => name.endsWith('blazon-session'))
  return request.headers.authorization !== undefined || session || share !== undefined
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
