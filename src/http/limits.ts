import rateLimit from '@fastify/rate-limit'
import { Problem } from '../problem.ts'
import type { App } from './tools.ts'

/** How often one caller may do what costs a mail: a person never meets it, a script does at once. */
export const fewMails = { rateLimit: { max: 10, timeWindow: '10 minutes' } }

/** How often one caller may ask for a name that others may have: enough to find a free one, too few to list those that are not. */
export const fewNames = { rateLimit: { max: 20, timeWindow: '10 minutes' } }

/** Lets the routes of a room say how often one caller may come. */
export async function limitCallers(app: App) {
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { after, ttl }) =>
      new Problem('too-many', `That was often enough for now. Try again in ${after}.`, [], {
        word: 'problem.often',
        values: { minutes: Math.ceil(ttl / 60_000) },
      }),
  })
}
