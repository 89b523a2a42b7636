import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { notConfirmedPage } from '../pages/badge/not-confirmed-page.ts'
import type { Words } from '../words/words.ts'
import { type Coding, codingFor, encode, isCodable } from './codings.ts'
import { wordsFor } from './languages.ts'
import { bringsSecrets } from './visitors.ts'

type Caching = 'state' | 'lasting' | 'immutable' | { seconds: number }

/** How long a cache may keep an answer. What depends on a badge's state is revalidated each time, by its ETag. */
const cacheControl = (caching: Caching) => {
  if (caching === 'state') return 'no-cache'
  if (caching === 'lasting') return 'public, max-age=86400'
  if (caching === 'immutable') return 'public, max-age=31536000, immutable'
  return `public, max-age=${caching.seconds}`
}

// The headers that an answer may depend on.
const vary = 'Accept, Authorization, Cookie'
const varyOf = (type: string) => (type.startsWith('text/html') ? `Accept-Language, ${vary}` : vary)

type Answer = { type: string; body: string | Buffer; caching: Caching; status?: number }

/**
 * Sends public bytes with their ETag, or 304 when the client has them, compressed where the client takes that. No cache
 * may keep the answer to a request with credentials. That answer is not compressed, unless it never changes: the length of
 * a compressed page can give away a secret in it (BREACH).
 */
export async function answer(request: FastifyRequest, reply: FastifyReply, plain: Answer) {
  const { type, caching, status = 200 } = plain
  const isPrivate = bringsSecrets(request)
  const coding = isPrivate && caching !== 'immutable' ? undefined : codingOf(request, type)
  const { body, etag } = await represent(plain, coding)
  const vary = coding === undefined ? varyOf(type) : `${varyOf(type)}, Accept-Encoding`
  reply.header('vary', vary).type(type).status(status)
  if (isPrivate) reply.header('cache-control', 'private, no-store')
  else reply.header('etag', etag).header('cache-control', cacheControl(caching))
  const known = request.headers['if-none-match']
  if (!isPrivate && status === 200 && hasCopy(known, etag)) return reply.status(304).send()
  if (body !== plain.body) reply.header('content-encoding', coding)
  return reply.send(body)
}

/** The coding for a client that says what it takes, of a type that comes in several. */
function codingOf({ headers }: FastifyRequest, type: string): Coding | undefined {
  const accepted = headers['accept-encoding']
  return accepted !== undefined && isCodable(type) ? codingFor(accepted) : undefined
}

/** The body in a coding, where that is shorter. Each representation has a tag of its own (RFC 9110, 8.8.3.3). */
async function represent({ type, body, caching }: Answer, coding: Coding = 'identity') {
  const etag = etagOf(type, body)
  if (coding === 'identity') return { body, etag }
  const isLasting = caching !== 'state'
  const coded = await encode(coding, { body, tag: etag, isLasting })
  return coded ? { body: coded, etag: etag.replace(/"$/, `-${coding}"`) } : { body, etag }
}

/**
 * A strong tag, so it covers the type as well as the bytes: the same JSON under two types is two representations (RFC
 * 9110, 8.8.1).
 */
function etagOf(type: string, body: string | Buffer): string {
  const hash = createHash('sha256').update(type).update('\0').update(body)
  return `"${hash.digest('base64url').slice(0, 22)}"`
}

/**
 * Whether `If-None-Match` names this representation: by `*`, or in its list of tags, weak or not (RFC 9110, 13.1.2).
 */
export function hasCopy(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  const tags = header.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.some((tag) => tag.replace(/^W\//, '') === etag)
}

const words =
  'We cannot confirm a badge at this address. It may be private, removed, or never have existed. Treat it as not verified.'
const notConfirmedJson = problem(words)
// Every such address answers this, so the sentence does not reveal whether a badge is under review.
const noAssertionJson = problem(
  `${words} A badge that is under review is not confirmed here until the review is over.`,
)
function problem(detail: string) {
  return JSON.stringify({
    type: 'about:blank',
    title: 'Not confirmed',
    status: 404,
    detail,
    code: 'badge-not-confirmed',
  })
}

const notConfirmedHtml = new Map<Words, string>()

function notConfirmedIn(t: Words): string {
  const page = notConfirmedHtml.get(t) ?? notConfirmedPage(t)
  notConfirmedHtml.set(t, page)
  return page
}

/** The uniform 404 of the response matrix: the same bytes for a private badge and for one that does not exist. */
export function answerNotConfirmed(
  request: FastifyRequest,
  reply: FastifyReply,
  form: 'html' | 'json' | 'assertion' | { html: string } | Buffer,
) {
  const page = pageOf(request, form)
  const type = page === undefined ? '' : 'text/html; charset=utf-8'
  reply.status(404).header('cache-control', 'no-store').header('vary', varyOf(type))
  if (page !== undefined) return reply.type(type).send(page)
  if (form === 'json' || form === 'assertion')
    return reply
      .type('application/problem+json; charset=utf-8')
      .send(form === 'json' ? notConfirmedJson : noAssertionJson)
  return reply.type('image/png').send(form)
}

function pageOf(request: FastifyRequest, form: Parameters<typeof answerNotConfirmed>[2]) {
  if (form === 'html') return notConfirmedIn(wordsFor(request, 'badge'))
  return typeof form === 'object' && 'html' in form ? form.html : undefined
}
