import type { FastifyRequest } from 'fastify'
import { requireScope } from '../access/api-keys.ts'
import { findOwner, type Owner } from '../actions/holders/sign-in.ts'
import { identifyCaller } from '../actions/operating/identify-caller.ts'
import type { Visitor } from '../actions/showing/show-badge.ts'
import type { Actor, Tools } from '../actions/tools/tools.ts'
import { agentOf } from '../domain/people/session.ts'
import type { Scope } from '../domain/work/api-key.ts'
import { sessionCookie } from './cookies.ts'

/**
 * The visitor of a public address. A key with `badges:read` sees what the owner sees, a session its account's own
 * badges, a share link its badge. A wrong key, session or link counts as none (privacy, rule 8).
 */
export async function visitorOf(tools: Tools, request: FastifyRequest): Promise<Visitor> {
  const { authorization } = request.headers
  const key = authorization === undefined ? undefined : await identifyCaller(tools, authorization)
  if (key?.scopes.includes('badges:read')) return { viewer: 'owner', actor: `api-key:${key.id}` }
  const owner = await ownerOf(tools, request)
  const { share } = request.query as { share?: unknown }
  return {
    viewer: 'public',
    ...(owner && { accountId: owner.account.id }),
    ...(typeof share === 'string' && { share }),
  }
}

/** The signed-in holder, or undefined. */
export async function ownerOf(tools: Tools, request: FastifyRequest): Promise<Owner | undefined> {
  const secret = sessionCookie(tools, request)
  if (!secret) return undefined
  return findOwner(tools, { secret, agent: agentOf(request.headers['user-agent']) })
}

/** Whether an answer may be for this visitor only, because they sent a key, a session or a share link, valid or not. */
export function bringsSecrets(request: FastifyRequest): boolean {
  const { share } = request.query as { share?: unknown }
  const session = Object.keys(request.cookies).some((name) => name.endsWith('blazon-session'))
  return request.headers.authorization !== undefined || session || share !== undefined
}

/** The caller of the API. Throws `unauthenticated` or `forbidden`. */
export async function actorOf(
  tools: Tools,
  { headers }: Pick<FastifyRequest, 'headers'>,
  scope: Scope,
): Promise<Actor> {
  const key = requireScope(await identifyCaller(tools, headers.authorization), scope)
  return `api-key:${key.id}`
}
