import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { notConfirmedPage } from '../pages/not-confirmed-page.ts'
import type { Words } from '../words/words.ts'
import { wordsFor } from './languages.ts'
import { bringsSecrets } from './visitors.ts'

type Caching = 'state' | 'lasting' | 'immutable' | { seconds: number }

/** How long an answer may be kept: what depends on a badge's state is asked for anew each time, by its ETag. */
const cacheControl = (caching: Caching) => {
  if (caching === 'state') return 'no-cache'
  if (caching === 'lasting') return 'public, max-age=86400'
  if (caching === 'immutable') return 'public, max-age=31536000, immutable'
  return `public, max-age=${caching.seconds}`
}

// What an answer may depend on besides its address.
const vary = 'Accept, Authorization, Cookie'
const varyOf = (type: string) => (type.startsWith('text/html') ? `Accept-Language, ${vary}` : vary)

type Answer = { type: string; body: string | Buffer; caching: Caching; status?: number }

/** Sends public bytes with their ETag; 304 when the client has them. Answers to requests with credentials are nobody else's. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, body, caching, status = 200 }: Answer,
) {
  reply.header('vary', varyOf(type)).type(type)
  if (bringsSecrets(request))
    return reply.status(status).header('cache-control', 'private, no-store').send(body)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  reply.header('etag', etag).header('cache-control', cacheControl(caching))
  const same = request.headers['if-none-match']
    ?.split(',')
    .some((tag) => tag.trim().replace(/^W\//, '') === etag)
  return same && status === 200 ? reply.status(304).send() : reply.status(status).send(body)
}

const words =
  'We cannot confirm a badge at this address. It may be private, removed, or never have existed. Treat it as not verified.'
const notConfirmedJson = JSON.stringify({
  type: 'about:blank',
  title: 'Not confirmed',
  status: 404,
  detail: words,
})
const notConfirmedHtml = new Map<Words, string>()

function notConfirmedIn(t: Words): string {
  const page = notConfirmedHtml.get(t) ?? notConfirmedPage(t)
  notConfirmedHtml.set(t, page)
  return page
}

/** The uniform not-found of the response matrix: the same bytes for a private badge, an unknown one, and none. */
export function answerNotConfirmed(
  request: FastifyRequest,
  reply: FastifyReply,
  form: 'html' | 'json' | { html: string } | Buffer,
) {
  const page = pageOf(request, form)
  const type = page === undefined ? '' : 'text/html; charset=utf-8'
  reply.status(404).header('cache-control', 'no-store').header('vary', varyOf(type))
  if (page !== undefined) return reply.type(type).send(page)
  if (form === 'json')
    return reply.type('application/problem+json; charset=utf-8').send(notConfirmedJson)
  return reply.type('image/png').send(form)
}

function pageOf(request: FastifyRequest, form: Parameters<typeof answerNotConfirmed>[2]) {
  if (form === 'html') return notConfirmedIn(wordsFor(request, 'badge'))
  return typeof form === 'object' && 'html' in form ? form.html : undefined
}
