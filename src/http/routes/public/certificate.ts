import { Type } from '../../../../schemas/type.ts'
import { showCertificate } from '../../../actions/showing/show-certificate.ts'
import { answer, answerNotConfirmed } from '../../replies.ts'
import { readSlug } from '../../slug.ts'
import type { App, HttpTools } from '../../tools.ts'
import { visitorOf } from '../../visitors.ts'

/** The certificate of a badge, for its owner and for visitors with a share link that includes it. */
export function certificateRoutes(app: App, tools: HttpTools) {
  app.get(
    '/b/:slug/certificate.pdf',
    {
      schema: {
        tags: ['Badges'],
        summary: 'The certificate as PDF, for the owner or by a share link that includes it',
        params: Type.Object({ slug: Type.String() }),
        querystring: Type.Object({
          // Any value is accepted: a refusal would reveal that a badge exists.
          paper: Type.Optional(
            Type.Any({ description: '`letter` for US Letter; otherwise it is A4.' }),
          ),
          share: Type.Optional(Type.Any({ description: 'The secret of a share link.' })),
        }),
      },
    },
    async (request, reply) => {
      const shown = await showCertificate(tools, {
        slug: readSlug(request.params.slug),
        visitor: await visitorOf(tools, request),
        paper: (request.query as { paper?: unknown }).paper === 'letter' ? 'letter' : 'a4',
      })
      if (shown.kind === 'hidden') return answerNotConfirmed(request, reply, 'json')
      // PDF viewers in a browser are pages with scripts, which our Content-Security-Policy would block.
      reply.header('content-disposition', 'attachment; filename="certificate.pdf"')
      reply.header('x-robots-tag', 'noindex')
      return answer(request, reply, {
        type: 'application/pdf',
        body: shown.bytes,
        caching: 'state',
      })
    },
  )
}
