import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Imports } from '../actions/intake/import-on-thread.ts'
import type { OpenJobs } from '../actions/operating/read-jobs.ts'
import type { RevocationLists } from '../actions/showing/show-revocation-list.ts'
import type { StatusLists } from '../actions/showing/show-status-list.ts'
import type { Counters, Tools } from '../actions/tools/tools.ts'

/** What the routes work with. */
export type HttpTools = Tools & {
  log: FastifyBaseLogger
  statusLists: StatusLists
  revocationLists: RevocationLists
  imports: { run: Imports }
  webhookSecrets: string[]
  /** Addresses, ranges and Fastify's names of ranges of the proxies whose X-Forwarded-For is trusted. */
  trustedProxies: string[]
  metrics: Counters & {
    answered: (facts: { method: string; route: string; status: number; seconds: number }) => void
    read: (open: OpenJobs[]) => Promise<{ type: string; text: string }>
  }
}

/** The Fastify instance, whose routes are typed by their schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>
