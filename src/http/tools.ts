import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Pictures } from '../actions/pictures.ts'
import type { StatusLists } from '../actions/show-status-list.ts'
import type { Tools } from '../actions/tools.ts'

/** What routes work with. */
export type HttpTools = Tools & {
  pictures: Pictures
  statusLists: StatusLists
  webhookSecrets: string[]
}

/** The Fastify instance, whose routes are typed by their schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>
