import type { FastifyReply, FastifyRequest } from 'fastify'
import { secretHash } from '../domain/work/secret.ts'
import { Problem } from '../problem.ts'
import type { HttpTools } from './tools.ts'

type Needs = Pick<HttpTools, 'addresses' | 'random'>

/**
 * A `__Host-` cookie is bound to this host and travels by TLS only. Browsers refuse it on a loopback address without
 * TLS.
 */
const isSecure = ({ addresses }: Pick<HttpTools, 'addresses'>) =>
  addresses.origin.startsWith('https:')
const nameOf = (tools: Pick<HttpTools, 'addresses'>, name: string) =>
  isSecure(tools) ? `__Host-${name}` : name

function options(tools: Pick<HttpTools, 'addresses'>) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(tools) } as const
}

/** The session secret that a request brings. It is not checked yet. */
export function sessionCookie(
  tools: Pick<HttpTools, 'addresses'>,
  request: FastifyRequest,
): string | undefined {
  return request.cookies[nameOf(tools, 'blazon-session')]
}

/** Keeps the session secret in the browser for a month after its last use. */
export function keepSession(tools: Needs, reply: FastifyReply, secret: string) {
  const maxAge = 30 * 86_400
  reply.setCookie(nameOf(tools, 'blazon-session'), secret, { ...options(tools), maxAge })
}

/** Signs the browser in. The visit cookie is replaced, so that form tokens from before the sign-in no longer work. */
export function startSession(tools: Needs, reply: FastifyReply, secret: string) {
  keepSession(tools, reply, secret)
  newVisit(tools, reply)
}

/** Removes the session from the browser. */
export function clearSession(tools: Needs, reply: FastifyReply) {
  reply.clearCookie(nameOf(tools, 'blazon-session'), options(tools))
  newVisit(tools, reply)
}

/** The language that the holder chose on one of our pages. */
export function languageCookie(
  tools: Pick<HttpTools, 'addresses'>,
  request: FastifyRequest,
): string | undefined {
  return request.cookies[nameOf(tools, 'blazon-language')]
}

/** The same under either name of the cookie: a request may fail before its cookies are read. */
export function anyLanguageCookie({ cookies }: FastifyRequest): string | undefined {
  return cookies?.['__Host-blazon-language'] ?? cookies?.['blazon-language']
}

/** Keeps the chosen language in the browser for a year. */
export function keepLanguage(
  tools: Pick<HttpTools, 'addresses'>,
  reply: FastifyReply,
  lang: string,
) {
  const maxAge = 365 * 86_400
  reply.setCookie(nameOf(tools, 'blazon-language'), lang, { ...options(tools), maxAge })
}

/** The token for the forms of a page. Only the browser that received the page can send it back. */
export function formToken(tools: Needs, request: FastifyRequest, reply: FastifyReply): string {
  const visit = request.cookies[nameOf(tools, 'blazon-visit')]
  return tokenOf(visit && /^[\w-]{43}$/.test(visit) ? visit : newVisit(tools, reply))
}

/** Throws `forbidden` unless the form was sent from one of our pages, by the browser that received the page. */
export function checkForm(tools: Needs, request: FastifyRequest, token: string | undefined) {
  const site = request.headers['sec-fetch-site']
  const ours = site === undefined || site === 'same-origin' || site === 'none'
  const visit = request.cookies[nameOf(tools, 'blazon-visit')]
  if (ours && visit && token === tokenOf(visit)) return
  throw new Problem(
    'forbidden/form-not-from-page',
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
