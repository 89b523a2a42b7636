import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { everywhere } from '../security.ts'
import type { App } from '../tools.ts'
import { type KeptAnswers, sendAgain } from './kept-answers.ts'

/**
 * The answer that everyone gets to a request, by a name: while the name stays, so do its bytes. With `make`, the answer
 * needs nothing else; without, its route makes it.
 */
export type Named = {
  name: string
  make?: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> | unknown
}

/** What the name of an answer may depend on, besides what is on record; `front-door` tells questions apart by it. */
export type Asked = {
  params: unknown
  headers: Pick<IncomingHttpHeaders, 'accept' | 'accept-language'>
  query: unknown
}

/** Names the answer to a request; undefined for one that is not to be kept. */
export type NameAnswer = (asked: Asked) => Promise<Named | undefined>

declare module 'fastify' {
  interface FastifyContextConfig {
    nameAnswer?: NameAnswer
  }
}

/**
 * Sends again what was sent before, for routes that name their answers: a request that brings no secret and no question
 * needs nothing but the name. The first answer under a name is made by its route, and kept as it was sent.
 */
export function answerQuickly(app: App, answers: KeptAnswers) {
  const toKeep = new WeakMap<FastifyRequest, Named>()

  app.addHook('onRequest', (request, reply, done) => {
    const { nameAnswer } = request.routeOptions.config
    if (!nameAnswer || !isPlain(request)) return done()
    nameAnswer(request)
      .then(async (named) => {
        if (named === undefined) return done()
        const { name, make } = named
        const kept = answers.find(name, request.headers)
        if (kept) return sendAgain(reply.hijack().raw, kept)
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
      answers.keep(named.name, reply, payload)
    return payload
  })
}

/** A badge may have changed while its route made the answer. */
async function isNamedStill(request: FastifyRequest, { name }: Named): Promise<boolean> {
  return (await request.routeOptions.config.nameAnswer?.(request))?.name === name
}

// What may change an answer, or refuse it.
const particular = [
  'authorization',
  'cookie',
  'content-encoding',
  'content-length',
  'transfer-encoding',
]

/** Whether a request asks for what everyone gets. */
export function isPlain({
  method,
  url = '',
  headers,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): boolean {
  const isBare = particular.every((name) => headers[name] === undefined)
  return method === 'GET' && isBare && !url.includes('?')
}
