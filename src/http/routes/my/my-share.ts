import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../../../../schemas/type.ts'
import { readHolderBadge } from '../../../actions/holders/read-holder-badges.ts'
import { shareBadge } from '../../../actions/holders/share-badge.ts'
import { sharePage } from '../../../pages/my/share/share-page.ts'
import { formFields, pageFacts, sendPage, takeForms } from '../../forms.ts'
import { holderWords } from '../../languages.ts'
import { ownerFor, ownersOnly } from '../../owners.ts'
import { policyWithScript } from '../../security.ts'
import type { App, HttpTools } from '../../tools.ts'

const params = Type.Object({ id: Type.String({ maxLength: 36 }) })
const address = '/my/badges/:id/share'

/** The page on which a holder shares a badge, and the link that the page makes at once. */
export async function myShareRoutes(app: App, tools: HttpTools) {
  ownersOnly(app, tools)
  await takeForms(app, tools)
  const ownOf = (request: FastifyRequest) => {
    const { id: badgeId } = request.params as { id: string }
    return { accountId: ownerFor(request).account.id, badgeId }
  }
  const facts = (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('content-security-policy', policyWithScript)
    const { linkedIn } = tools.programmes.current().programme.issuer
    return { ...pageFacts(tools, request, reply), organizationId: linkedIn?.organizationId }
  }

  app.get(address, { schema: { hide: true, params } }, async (request, reply) => {
    const { badge } = await readHolderBadge(tools, ownOf(request))
    const t = holderWords(tools, request, reply)
    return sendPage(reply, sharePage({ ...facts(request, reply), badge }, t))
  })

  app.post(
    address,
    { schema: { hide: true, params, body: Type.Object(formFields) } },
    async (request, reply) => {
      const own = ownOf(request)
      const t = holderWords(tools, request, reply)
      const { badge: privacy } = await readHolderBadge(tools, own)
      const wanted = {
        label: t.say('sharing.label'),
        // The link shows the name if the badge itself would show it to the public.
        withName: privacy.nameDisplay === 'full',
        withFiles: false,
        withCertificate: false,
        expiresAt: null,
        viewLimit: null,
      }
      const newLink = await shareBadge(tools, { ...own, wanted })
      const { badge } = await readHolderBadge(tools, own)
      return sendPage(reply, sharePage({ ...facts(request, reply), badge, newLink }, t), 201)
    },
  )
}
