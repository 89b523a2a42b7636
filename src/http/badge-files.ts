import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Visitor } from '../actions/showing/show-badge.ts'
import {
  type File,
  type ShownAssertion,
  showAssertion,
  showFile,
} from '../actions/showing/show-files.ts'
import type { FileForm } from '../domain/badge/badge-files.ts'
import { credentialType } from './negotiation.ts'
import { answer, answerNotConfirmed } from './replies.ts'
import type { HttpTools } from './tools.ts'

/** Sends one form of a badge, or the answer for none. */
export async function answerFile(
  tools: HttpTools,
  request: FastifyRequest,
  reply: FastifyReply,
  { form, file }: { form: FileForm; file: File },
) {
  if (file.kind === 'hidden')
    return answerNotConfirmed(
      request,
      reply,
      form.endsWith('.png') ? await tools.pictures.notFound() : 'json',
    )
  reply.header('x-robots-tag', 'noindex')
  const type = file.kind === 'gone' ? 'image/png' : typeOf(form, request.headers.accept)
  const status = file.kind === 'gone' ? 410 : 200
  return answer(request, reply, { type, body: file.bytes, caching: 'state', status })
}

/** Sends a hosted assertion under the name that the client takes; the answer for none where there is no document. */
export function answerAssertion(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, shown }: { type: string; shown: ShownAssertion },
) {
  if (shown.found.kind === 'hidden' || !('document' in shown) || !shown.document)
    return answerNotConfirmed(request, reply, 'assertion')
  reply.header('x-robots-tag', 'noindex')
  return answer(request, reply, {
    type: `${type}; charset=utf-8`,
    body: JSON.stringify(shown.document),
    caching: 'state',
    status: shown.found.badge.revokedAt ? 410 : 200,
  })
}

/**
 * Answers the address of a badge's page to software that names the type of a document: the hosted Open Badges 2.0 assertion as JSON-LD,
 * the Open Badges 3.0 credential under its own types. Each is as private there as at its own address, and none is a view of a share link.
 */
export async function answerDocumentOf(
  tools: HttpTools,
  request: FastifyRequest,
  reply: FastifyReply,
  { slug, type, visitor }: { slug: string; type: string; visitor: Visitor },
) {
  if (type !== 'application/ld+json') {
    const form = 'credential.json'
    const file = await showFile(tools, slug, form, visitor)
    return answerFile(tools, request, reply, { form, file })
  }
  const shown = await showAssertion(tools, { slug }, withoutShare(visitor))
  return answerAssertion(request, reply, { type, shown })
}

/** A share link shows a badge's page; the hosted assertion is there when the badge is public (privacy, response matrix). */
export function withoutShare(visitor: Visitor): Visitor {
  if (visitor.viewer === 'owner') return visitor
  const { share: _, ...rest } = visitor
  return rest
}

function typeOf(form: FileForm, accept: string | undefined) {
  if (form.endsWith('.png')) return 'image/png'
  if (form.endsWith('.svg')) return 'image/svg+xml; charset=utf-8'
  if (form.endsWith('.json')) return `${credentialType(accept)}; charset=utf-8`
  return 'text/plain; charset=utf-8' // conformance 10.8, 14.1
}
