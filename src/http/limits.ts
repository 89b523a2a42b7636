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
// A rate-limit counter would tell apart two answers that must be alike (privacy, response matrix).
const quiet = {
  addHeadersOnExceeding: uncounted,
  addHeaders: { ...uncounted, 'retry-after': true },
}

/** The limit for requests that cause a mail: a person never reaches it, a script does at once. */
export const fewMails = { rateLimit: { max: 10, timeWindow: '10 minutes' } }

/** The limit for asking whether a handle is free: enough to find one, too few to list the taken ones. */
export const fewNames = { rateLimit: { max: 20, timeWindow: '10 minutes' } }

/** The limit for verifying badges: enough for an employer with a pile of files, too few for a flood. */
export const manyBadges = { rateLimit: { max: 120, timeWindow: '1 minute', ...quiet } }

/**
 * The caller, as limits and queues count: an IPv4 address, or the /64 network of an IPv6 address, because one household
 * holds all of it. A caller named by a trusted proxy in another form is taken as it is.
 */
export function callerOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (!(address instanceof ipaddr.IPv6)) return address.toString()
  return `${new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0])}/64`
}

/** Enables limits of requests per caller for a group of routes. */
export async function limitCallers(app: App) {
  await app.register(rateLimit, {
    global: false,
    keyGenerator: callerOf,
    errorResponseBuilder: (_request, { after, ttl }) =>
      new Problem(
        'too-many/too-many-requests',
        `That was often enough for now. Try again in ${after}.`,
        [],
        {
          word: 'problem.often',
          values: { minutes: Math.ceil(ttl / 60_000) },
        },
      ),
  })
}
