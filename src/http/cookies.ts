import type { FastifyReply, FastifyRequest } from 'fastify'
import { secretHash } from '../domain/work/secret.ts'
import { Problem } from '../problem.ts'
import type { HttpTools } from './tools.ts'

type Needs = Pick<HttpTools, 'addresses' | 'random'>

/** `__Host-` cookies belong to this host alone and travel by TLS only; a browser takes them from no loopback without TLS. */
const isSecure = ({ addresses }: Pick<HttpTools, 'addresses'>) =>
  addresses.origin.startsWith('https:')
const nameOf = (tools: Pick<HttpTools, 'addresses'>, name: string) =>
  isSecure(tools) ? `__Host-${name}` : name

function options(tools: Pick<HttpTools, 'addresses'>) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(tools) } as const
}

/** The secret of the session that a request brings; it may be anybody's. */
export function sessionCookie(
  tools: Pick<HttpTools, 'addresses'>,
  request: FastifyRequest,
): string | undefined {
  return request.cookies[nameOf(tools, 'blazon-session')]
}

/** Lets the browser keep the secret of a session, for a month after it was last used. */
export function keepSession(tools: Needs, reply: FastifyReply, secret: string) {
  const maxAge = 30 * 86_400
  reply.setCookie(nameOf(tools, 'blazon-session'), secret, { ...options(tools), maxAge })
}

/** Signs the browser in. What it was known by before must not serve after. */
export function startSession(tools: Needs, reply: FastifyReply, secret: string) {
  keepSession(tools, reply, secret)
  newVisit(tools, reply)
}

/** Lets the browser forget its session. */
export function clearSession(tools: Needs, reply: FastifyReply) {
  reply.clearCookie(nameOf(tools, 'blazon-session'), options(tools))
  newVisit(tools, reply)
}

/** The language that somebody chose on a page of ours. */
export function languageCookie(
  tools: Pick<HttpTools, 'addresses'>,
  request: FastifyRequest,
): string | undefined {
  return request.cookies[nameOf(tools, 'blazon-language')]
}

/** The same, by either of the names that the cookie can have: a request may fail before cookies were read. */
export function anyLanguageCookie({ cookies }: FastifyRequest): string | undefined {
  return cookies?.['__Host-blazon-language'] ?? cookies?.['blazon-language']
}

/** Lets the browser remember the language that somebody chose, for a year. */
export function keepLanguage(
  tools: Pick<HttpTools, 'addresses'>,
  reply: FastifyReply,
  lang: string,
) {
  const maxAge = 365 * 86_400
  reply.setCookie(nameOf(tools, 'blazon-language'), lang, { ...options(tools), maxAge })
}

/** The token for a page's forms: only who was shown the page by us can send them. */
export function formToken(tools: Needs, request: FastifyRequest, reply: FastifyReply): string {
  const visit = request.cookies[nameOf(tools, 'blazon-visit')]
  return tokenOf(visit && /^[\w-]{43}$/.test(visit) ? visit : newVisit(tools, reply))
}

/** Throws `forbidden` unless a form was sent from one of our own pages, by the browser that was shown it. */
export function checkForm(tools: Needs, request: FastifyRequest, token: string | undefined) {
  const site = request.headers['sec-fetch-site']
  const ours = site === undefined || site === 'same-origin' || site === 'none'
  const visit = request.cookies[nameOf(tools, 'blazon-visit')]
  if (ours && visit && token === tokenOf(visit)) return
  throw new Problem(
    'forbidden',
    'This form was not sent from the page that it belongs to, or the page is old. Go back, load the page again and repeat.',
    [],
    { word: 'problem.form' },
  )
}

function newVisit(tools: Needs, reply: FastifyReply): string {
  const visit = Buffer.from(tools.random(32)).toString('base64url')
  reply.setCookie(nameOf(tools, 'blazon-visit'), visit, options(tools))
  return visit
}

const tokenOf = (visit: string) => secretHash(`form ${visit}`)
