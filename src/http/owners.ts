import type { FastifyRequest } from 'fastify'
import type { Owner } from '../actions/holders/sign-in.ts'
import { keepSession } from './cookies.ts'
import type { App, HttpTools } from './tools.ts'
import { ownerOf } from './visitors.ts'

const owners = new WeakMap<FastifyRequest, Owner>()

/** The signed-in holder of a request behind `ownersOnly`. */
export function ownerFor(request: FastifyRequest): Owner {
  const owner = owners.get(request)
  if (!owner) throw new Error('a page of owners has no guard')
  return owner
}

/** Lets signed-in holders in; redirects all other visitors to the sign-in page. */
export function ownersOnly(app: App, tools: HttpTools) {
  app.addHook('onRequest', async (request, reply) => {
    const owner = await ownerOf(tools, request)
    if (!owner) return reply.redirect('/sign-in', 303)
    owners.set(request, owner)
    if (owner.secret) keepSession(tools, reply, owner.secret)
    return undefined
  })
}
