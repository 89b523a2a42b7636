import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { objectType } from './negotiation.ts'
import { answer } from './replies.ts'

/** Caches may keep these documents for five minutes: they change only with a key or a revocation. */
const documentSeconds = 300

type Options = { page?: () => string; type?: string }

/**
 * Sends an object at its address: as JSON-LD, or as HTML when it has a page and HTML outranks JSON. Throws `not-found`
 * when the object does not exist.
 */
export function answerDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  document: object | string | undefined,
  { page, type }: Options = {},
) {
  if (document === undefined)
    throw new Problem('not-found/nothing-here', 'There is nothing at this address.', [], {
      word: 'problem.nothing',
    })
  const wanted = objectType(request.headers.accept)
  const caching = { seconds: documentSeconds }
  if (wanted === 'text/html' && page)
    return answer(request, reply, { type: 'text/html; charset=utf-8', body: page(), caching })
  const linked = wanted === 'text/html' ? 'application/ld+json' : wanted
  const body = typeof document === 'string' ? document : JSON.stringify(document)
  return answer(request, reply, { type: `${type ?? linked}; charset=utf-8`, body, caching })
}
