import type { FastifyRequest } from 'fastify'
import { Type } from '../../../../schemas/type.ts'
import { packBadge } from '../../../actions/holders/pack-files.ts'
import { readFiles } from '../../../actions/holders/read-holder-badges.ts'
import { issueForAddress } from '../../../actions/issuing/issue-for-address.ts'
import { filesPage } from '../../../pages/my/badge/files-page.ts'
import { formFields, pageFacts, sendPage } from '../../forms.ts'
import { holderWords } from '../../languages.ts'
import { ownerFor } from '../../owners.ts'
import type { App, HttpTools } from '../../tools.ts'

const schema = { hide: true }
const params = Type.Object({ id: Type.String({ maxLength: 36 }) })
const AddressForm = Type.Object({ ...formFields, email: Type.String({ maxLength: 254 }) })
const Done = Type.Object({ done: Type.Optional(Type.String()) })

/** The files of a holder's badge: each alone, all in one ZIP, and those for another address of the holder. */
export function myFilesRoutes(app: App, tools: HttpTools) {
  app.get(
    '/my/badges/:id/files',
    { schema: { ...schema, params, querystring: Done } },
    async (request, reply) => {
      const own = await readFiles(tools, ownOf(request))
      if (own.badge.claim === 'declined') return reply.redirect(`/my/badges/${own.badge.id}`, 303)
      const t = holderWords(tools, request, reply)
      const done = request.query.done === 'addressed' && { done: t.say('my.done.addressed') }
      return sendPage(reply, filesPage({ ...pageFacts(tools, request, reply), ...own, ...done }, t))
    },
  )

  app.get('/my/badges/:id/files.zip', { schema: { ...schema, params } }, async (request, reply) => {
    const { name, bytes } = await packBadge(
      tools,
      ownOf(request),
      holderWords(tools, request, reply),
    )
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Buffer.from(bytes))
  })

  app.post(
    '/my/badges/:id/addresses',
    { schema: { ...schema, params, body: AddressForm } },
    async (request, reply) => {
      const own = ownOf(request)
      await issueForAddress(tools, { ...own, email: request.body.email })
      return reply.redirect(`/my/badges/${own.badgeId}/files?done=addressed#other-address`, 303)
    },
  )
}

function ownOf(request: FastifyRequest) {
  const { id } = request.params as { id: string }
  return { accountId: ownerFor(request).account.id, badgeId: id }
}
