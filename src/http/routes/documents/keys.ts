import { Type } from '../../../../schemas/type.ts'
import { showDidDocument, showJwk, showJwkSet } from '../../../actions/showing/show-documents.ts'
import { answerDocument } from '../../documents.ts'
import { didType } from '../../negotiation.ts'
import type { App, HttpTools } from '../../tools.ts'

/** The issuer's public keys, in each form that verifiers use. */
export function keyRoutes(app: App, tools: HttpTools) {
  const about = (summary: string) => ({ tags: ['Issuer'], summary })
  app.get(
    '/.well-known/did.json',
    { schema: about('The issuer’s DID document') },
    async (request, reply) =>
      answerDocument(request, reply, showDidDocument(tools), {
        type: didType(request.headers.accept),
      }),
  )
  app.get(
    '/.well-known/jwks.json',
    { schema: about('All keys as a JWK Set') },
    async (request, reply) =>
      answerDocument(request, reply, showJwkSet(tools), { type: 'application/jwk-set+json' }),
  )
  app.get(
    '/keys/:key',
    { schema: { ...about('One key as a JWK'), params: Type.Object({ key: Type.String() }) } },
    async (request, reply) =>
      answerDocument(request, reply, showJwk(tools, request.params.key), {
        type: 'application/jwk+json',
      }),
  )
}
