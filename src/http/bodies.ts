import type { FastifyError, FastifyRequest } from 'fastify'
import { type Read, readJson } from '../adapters/json.ts'
import { fileText, utf8 } from '../adapters/text.ts'
import { Problem } from '../problem.ts'
import { answerProblem } from './problems.ts'
import type { App } from './tools.ts'

/** Size limits in bytes: for one message, a file, and a batch of statements. */
export const messageLimit = 65536
export const fileLimit = 10 * 1024 * 1024
export const batchLimit = 1024 * 1024

/** Keeps bodies of these media types as raw bytes, each up to its limit in bytes. */
export function takeRaw(app: App, limits: Record<string, number>) {
  app.removeAllContentTypeParsers()
  for (const [type, bodyLimit] of Object.entries(limits))
    app.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    )
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return answerProblem(error, request, reply)
    const limit = limits[contentType(request)]
    const words = `The body is larger than the ${limit} bytes that this address takes.`
    const advice = limit !== messageLimit ? ' Split it, and send the parts one after another.' : ''
    return answerProblem(new Problem('too-large/body-too-large', words + advice), request, reply)
  })
}

/** The media type of a body, without its parameters. */
export function contentType(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

/** Throws `unsupported-type` when there is a body of another media type than the one that the address takes. */
export function expectType(request: FastifyRequest, type: string) {
  if (request.body !== undefined && contentType(request) !== type)
    throw new Problem('unsupported-type/wrong-media-type', `This address takes ${type}.`)
}

/** The text of a body. Throws `malformed` when the body is empty (with what to `send`) or not UTF-8. */
export function textOf(body: unknown, send: string): string {
  return utf8(bytesOf(body, send), 'The body')
}

/**
 * The text of a file sent as body, in the encoding of `charsetOf`. Throws `malformed` when the body is empty (with what
 * to `send`), and when it is not text in that encoding (with what it seems to be).
 */
export function fileTextOf(
  request: FastifyRequest,
  body: unknown,
  { send, encoding }: { send: string; encoding?: string | undefined },
): string {
  return fileText(bytesOf(body, send), 'The body', charsetOf(request, encoding))
}

/**
 * The encoding of a file sent as body, unless it has a byte order mark: the content type's `charset`, else the given
 * one.
 */
export function charsetOf({ headers }: FastifyRequest, encoding?: string): string | undefined {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(headers['content-type'] ?? '')?.[1]
  // Many clients send charset=utf-8 with every file, so the encoding of the mapping file overrides it.
  return charset && /^utf-?8$/i.test(charset) ? (encoding ?? charset) : (charset ?? encoding)
}

function bytesOf(body: unknown, send: string): Buffer {
  if (!Buffer.isBuffer(body) || body.length === 0)
    throw new Problem('malformed/empty-body', `The body is empty; send ${send}.`)
  return body
}

/** The JSON of a body, and the mistakes in its text. With `digits`, numbers keep every digit. */
export function jsonOf(body: unknown, send: string, options: { digits?: boolean } = {}): Read {
  return readJson(textOf(body, send), 'The body', options)
}

/** Throws `invalid` for an array where the address takes a single item; `one` names that item. */
export function refuseArray(value: unknown, one: string, instead: string) {
  if (Array.isArray(value))
    throw new Problem(
      'invalid/array-not-taken',
      `The body is a JSON array, and this address takes ${one}: ${instead}.`,
      [{ path: '/', message: 'the body must be an object.', code: 'wrong-type' }],
    )
}
