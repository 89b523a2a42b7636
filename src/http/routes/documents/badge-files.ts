import type { FastifyReply, FastifyRequest } from 'fastify'
import { type At, namePublicState, type Visitor } from '../../../actions/showing/show-badge.ts'
import {
  type File,
  type ShownAssertion,
  showAssertion,
  showFile,
} from '../../../actions/showing/show-files.ts'
import type { FileForm } from '../../../domain/badge/badge-files.ts'
import type { Named } from '../../kept/quick-answers.ts'
import { credentialType } from '../../negotiation.ts'
import { answer, answerNotConfirmed } from '../../replies.ts'
import type { HttpTools } from '../../tools.ts'

/** Names the answer that the public gets for one form of a badge. */
export async function nameFile(
  tools: HttpTools,
  { form, slug, accept }: { form: FileForm; slug: string; accept: string | undefined },
): Promise<Named> {
  const state = await namePublicState(tools, { slug })
  const name = `${form} ${typeOf(form, accept)} ${state ?? 'hidden'}`
  if (state !== undefined) return { name }
  const file = { kind: 'hidden' } as const
  return { name, make: (request, reply) => answerFile(tools, request, reply, { form, file }) }
}

/** Sends one form of a badge. Sends the uniform 404 when the visitor may not see the badge. */
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

/** Sends a hosted assertion as the requested media type. Sends the uniform 404 when there is no document. */
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

/** Names the answer that the public gets at the address of a hosted assertion, as one media type. */
export async function nameAssertion(tools: HttpTools, at: At, type: string): Promise<Named> {
  const state = await namePublicState(tools, at)
  const name = `assertion ${type} ${state ?? 'hidden'}`
  if (state !== undefined) return { name }
  const shown = { found: { kind: 'hidden' } } as const
  return { name, make: (request, reply) => answerAssertion(request, reply, { type, shown }) }
}

/**
 * Answers the address of a badge's page when the client asks for a document's media type: the hosted Open Badges 2.0
 * assertion for JSON-LD, the Open Badges 3.0 credential for its own types. The document is as private here as at its
 * own address, and sending it counts no view of a share link.
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

/** Drops the share link: it opens a badge's page, but never the hosted assertion (privacy, response matrix). */
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
