import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actions/tools/tools.ts'
import type { Scope } from '../domain/work/api-key.ts'
import type { App, HttpTools } from './tools.ts'
import { actorOf } from './visitors.ts'

const actors = new WeakMap<FastifyRequest, Actor>()

/** The caller that the route's guard let in. */
export function actorFor(request: FastifyRequest): Actor {
  const actor = actors.get(request)
  if (!actor) throw new Error('a route of operators has no guard')
  return actor
}

/**
 * Guards for operator routes: the caller is checked before the body is read, and no answer is cached. `read` turns
 * other credentials into a bearer token.
 */
export function guards(app: App, tools: HttpTools, read = (header?: string) => header) {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  return (scope: Scope) => async (request: FastifyRequest) => {
    const authorization = read(request.headers.authorization)
    actors.set(request, await actorOf(tools, { headers: { authorization } }, scope))
  }
}
