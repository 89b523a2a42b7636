import type { ErrorObject } from 'ajv'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { ProblemDocument } from '../../schemas/problem.ts'
import { sentences } from '../../schemas/sentences.ts'
import { problemPage } from '../pages/kit/problem-page.ts'
import { type FieldError, Problem, type ProblemKind } from '../problem.ts'
import type { Words } from '../words/words.ts'
import { keptWords } from './languages.ts'
import { pageType } from './negotiation.ts'
import { answerNotConfirmed } from './replies.ts'

const kinds: Record<ProblemKind, { status: number; title: string }> = {
  malformed: { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'An API key is needed' },
  forbidden: { status: 403, title: 'This is not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'This conflicts with what is there' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-type': { status: 415, title: 'This type of content is not taken' },
  invalid: { status: 422, title: 'The request has mistakes' },
  'too-many': { status: 429, title: 'Too many at once' },
  unavailable: { status: 503, title: 'Not available now' },
  'not-offered': { status: 501, title: 'This is not offered' },
}

/** Answers anything that was thrown: a Problem in its own words, any other error with a general sentence. */
export function answerProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const problem = asProblem(error, request)
  if (!problem) {
    request.log.error({ reqId: request.id, err: error }, 'a request failed')
    return send(
      request,
      reply,
      {
        type: 'about:blank',
        title: 'Something went wrong',
        status: 500,
        detail: 'Something went wrong on our side.',
        code: 'internal-error',
        requestId: request.id,
      },
      (t) => ({ title: t.say('problem.kind.bug'), detail: t.say('problem.kind.bug.text') }),
    )
  }
  if (problem.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="Blazon"')
  // RFC 9110, 10.2.3: a client that is turned away under load learns when to try again.
  if (problem.kind === 'unavailable') reply.header('retry-after', '5')
  if (problem.cause)
    request.log.warn(
      { reqId: request.id, err: problem.cause },
      'a request was turned away because the database was busy or out of reach; POSTGRES_POOL and the POSTGRES_…_TIMEOUT settings set how long a request waits',
    )
  const { status, title } = kinds[problem.kind]
  return send(
    request,
    reply,
    {
      type: 'about:blank',
      title,
      status,
      detail: problem.message,
      code: problem.code,
      ...(problem.errors.length > 0 && { errors: problem.errors }),
    },
    (t) => ({ title: t.say(`problem.kind.${problem.kind}`), detail: detailIn(t, problem) }),
  )
}

type PageText = (t: Words) => { title: string; detail: string }

/** A problem in the language of the page's reader: its own phrase when it has one, else the text of its kind. */
function detailIn(t: Words, { kind, message, phrase }: Problem): string {
  const word = t.all.find((each) => each === phrase?.word)
  if (word) return t.say(word, phrase?.values)
  return t.lang === 'en' ? message : t.say(`problem.kind.${kind}.text`)
}

/** Answers an address that does not exist, or does not take the method. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply) {
  const read = request.method === 'GET' || request.method === 'HEAD'
  const words = read
    ? 'There is nothing at this address.'
    : `Nothing takes ${request.method} at this address; see /docs.`
  return answerProblem(
    new Problem(`not-found/${read ? 'nothing-here' : 'method-not-taken'}`, words, [], {
      word: 'problem.nothing',
    }),
    request,
    reply,
  )
}

/** Answers an address that cannot be parsed. In public it must look like the address of a missing badge. */
export function answerUnreadable(request: FastifyRequest, reply: FastifyReply) {
  if (request.url.startsWith('/v1/')) return answerNotFound(request, reply)
  const html = pageType(request.headers.accept) === 'text/html'
  return answerNotConfirmed(request, reply, html ? 'html' : 'json')
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: ProblemDocument,
  pageText: PageText,
) {
  reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .header('vary', 'Accept, Accept-Language, Cookie')
  const isApi = request.url.startsWith('/v1/')
  if (!isApi && pageType(request.headers.accept) === 'text/html' && wantsPages(request)) {
    const t = keptWords(request)
    const page = problemPage({ ...problem, ...pageText(t) }, t)
    return reply.type('text/html; charset=utf-8').send(page)
  }
  return reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
}

function wantsPages(request: FastifyRequest) {
  return request.headers.accept?.includes('text/html') ?? false
}

function asProblem(error: FastifyError | Error, request: FastifyRequest): Problem | undefined {
  if (error instanceof Problem) return error
  if ('validation' in error && error.validation) return invalid(error)
  // The caller has gone; this only keeps the error out of the log of our own bugs.
  if (request.raw.readableAborted)
    return new Problem(
      'malformed/connection-closed',
      'The connection closed before the body was whole.',
    )
  if ('code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Problem(
      'too-large/body-too-large',
      `The body is larger than the ${request.routeOptions.bodyLimit} bytes that this address takes.`,
    )
  if (!('code' in error)) return undefined
  const kind = fastifyKinds[error.code]
  if (kind) return new Problem(...kind)
  const { statusCode = 500 } = error
  if (statusCode < 400 || statusCode > 499) return undefined
  return new Problem(
    'malformed/unreadable-request',
    'The request cannot be read; see /docs for what is taken here.',
  )
}

function invalid(error: FastifyError) {
  const errors = sentences(
    (error.validation ?? []) as unknown as ErrorObject[],
  ) satisfies FieldError[]
  const where = error.validationContext === 'body' ? 'The body' : 'The address'
  return new Problem(
    where === 'The body' ? 'invalid/body-invalid' : 'invalid/address-invalid',
    `${where} has ${errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`}.`,
    errors,
  )
}

const fastifyKinds: Record<string, [`${ProblemKind}/${string}`, string] | undefined> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported-type/wrong-media-type',
    'This content type is not taken here; see /docs for the ones that are.',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed/empty-body', 'The body is empty; send JSON.'],
  FST_ERR_CTP_INVALID_JSON_BODY: [
    'malformed/not-json',
    'The body is not JSON, or has a key such as __proto__ that is not taken.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed/wrong-content-length',
    'The body is not as long as Content-Length says.',
  ],
  FST_ERR_BAD_URL: ['not-found/nothing-here', 'There is nothing at this address.'],
}
