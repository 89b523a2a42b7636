import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import { Problem } from '../problem.ts'
import type { App } from './tools.ts'

const uncounted = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
}
// How often a caller was here before would tell apart two answers that must be alike (privacy, response matrix).
const quiet = {
  addHeadersOnExceeding: uncounted,
  addHeaders: { ...uncounted, 'retry-after': true },
}

/** How often one caller may do what costs a mail: a person never meets it, a script does at once. */
export const fewMails = { rateLimit: { max: 10, timeWindow: '10 minutes' } }

/** How often one caller may ask for a name that others may have: enough to find a free one, too few to list those that are not. */
export const fewNames = { rateLimit: { max: 20, timeWindow: '10 minutes' } }

/** How often one caller may have badges verified: an employer with a pile of files is served, a flood is not. */
export const manyBadges = { rateLimit: { max: 120, timeWindow: '1 minute', ...quiet } }

/**
 * Who calls, for limits and turns: an IPv4 address, or the /64 network of an IPv6 address, since one household has all of it. What a
 * trusted proxy calls its caller is taken as it is.
 */
export function callerOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (!(address instanceof ipaddr.IPv6)) return address.toString()
  return `${new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0])}/64`
}

/** Lets the routes of a room say how often one caller may come. */
export async function limitCallers(app: App) {
  await app.register(rateLimit, {
    global: false,
    keyGenerator: callerOf,
    errorResponseBuilder: (_request, { after, ttl }) =>
      new Problem('too-many', `That was often enough for now. Try again in ${after}.`, [], {
        word: 'problem.often',
        values: { minutes: Math.ceil(ttl / 60_000) },
      }),
  })
}
