import type { FastifyReply, FastifyRequest } from 'fastify'
import { latestUsed } from '../domain/work/latest-used.ts'
import { hasCopy } from './replies.ts'
import { everywhere } from './security.ts'
import type { App } from './tools.ts'

/**
 * The answer that everyone gets to a request, by a name: while the name stays, so do its bytes. With `make`, the answer
 * needs nothing else; without, its route makes it.
 */
export type Named = {
  name: string
  make?: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> | unknown
}

/** Names the answer to a request; undefined for one that is not to be kept. */
export type NameAnswer = (request: FastifyRequest) => Promise<Named | undefined>

declare module 'fastify' {
  interface FastifyContextConfig {
    nameAnswer?: NameAnswer
  }
}

/** A whole answer, as it was sent before. */
type Kept = { status: number; headers: string[]; etag: string | undefined; body: string | Buffer }

/** For the forms of some hundred badges with pictures, or of ten thousand without. */
const mostBytes = 32 * 2 ** 20

/**
 * Sends again what was sent before, for routes that name their answers: a request that brings no secret and no question
 * needs nothing but the name. The first answer under a name is made by its route, and kept as it was sent.
 */
export function answerQuickly(app: App) {
  const answers = latestUsed<Kept>(mostBytes, sizeOf)
  const toKeep = new WeakMap<FastifyRequest, Named>()

  app.addHook('onRequest', (request, reply, done) => {
    const { nameAnswer } = request.routeOptions.config
    if (!nameAnswer || !isPlain(request)) return done()
    nameAnswer(request)
      .then(async (named) => {
        if (named === undefined) return done()
        const { name, make } = named
        const kept = answerFor(request, answers.get(name), () => answers.get(unchanged(name)))
        if (kept) return send(reply, kept)
        toKeep.set(request, named)
        if (!make) return done()
        reply.headers(everywhere) // no other hook runs
        await make(request, reply)
      })
      .catch(done)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const named = toKeep.get(request)
    if (named && (named.make || (await isNamedStill(request, named))))
      keep(named.name, reply, payload)
    return payload
  })

  const keep = (name: string, reply: FastifyReply, payload: unknown) => {
    const { statusCode: status } = reply
    if (status === 304) answers.set(unchanged(name), { ...headersOf(reply), status, body: '' })
    else if ((status === 200 || status === 404 || status === 410) && isBytes(payload))
      answers.set(name, { ...headersOf(reply, payload), status, body: payload })
  }
}

/** A badge may have changed while its route made the answer. */
async function isNamedStill(request: FastifyRequest, { name }: Named): Promise<boolean> {
  return (await request.routeOptions.config.nameAnswer?.(request))?.name === name
}

const unchanged = (name: string) => `304 ${name}`

function sizeOf({ headers, body }: Kept): number {
  return headers.reduce((size, { length }) => size + length, body.length)
}

// What may change an answer, or refuse it.
const particular = ['authorization', 'cookie', 'content-encoding']

/** Whether a request asks for what everyone gets. */
function isPlain({ method, url, headers }: FastifyRequest): boolean {
  const isBare = particular.every((name) => headers[name] === undefined)
  return method === 'GET' && isBare && !url.includes('?')
}

/** The answer to repeat: for a client that has its bytes, the one without them. */
function answerFor(
  { headers }: FastifyRequest,
  whole: Kept | undefined,
  short: () => Kept | undefined,
): Kept | undefined {
  if (whole?.status !== 200 || whole.etag === undefined) return whole
  return hasCopy(headers['if-none-match'], whole.etag) ? short() : whole
}

function isBytes(payload: unknown): payload is string | Buffer {
  return typeof payload === 'string' || Buffer.isBuffer(payload)
}

/** The headers of an answer, as pairs in one list. */
function headersOf(reply: FastifyReply, body?: string | Buffer): Pick<Kept, 'headers' | 'etag'> {
  const own = Object.entries(reply.getHeaders())
  const headers = own.flatMap(([name, value]) => [name, String(value)])
  const etag = reply.getHeader('etag')
  if (body !== undefined) headers.push('content-length', String(Buffer.byteLength(body)))
  return { headers, etag: etag === undefined ? undefined : String(etag) }
}

function send(reply: FastifyReply, { status, headers, body }: Kept) {
  reply.hijack()
  reply.raw.writeHead(status, headers).end(body)
}
