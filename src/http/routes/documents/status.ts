import { Type } from '../../../../schemas/type.ts'
import { show1EdTechRevocationList } from '../../../actions/showing/show-revocation-list.ts'
import { nameStatusList, showStatusList } from '../../../actions/showing/show-status-list.ts'
import { answerDocument } from '../../documents.ts'
import { credentialType } from '../../negotiation.ts'
import { readNumber } from '../../slug.ts'
import type { App, HttpTools } from '../../tools.ts'

/** Status lists: signed, and public whatever the privacy of the badges on them (privacy, rule 2). */
export function statusRoutes(app: App, tools: HttpTools) {
  const about = (summary: string) => ({ tags: ['Issuer'], summary })
  app.get(
    '/status/revoked',
    { schema: about('The 1EdTech revocation list') },
    async (request, reply) =>
      answerDocument(request, reply, await show1EdTechRevocationList(tools), {
        type: 'application/json',
      }),
  )
  app.get(
    '/status/:list',
    {
      schema: {
        ...about('A Bitstring Status List, signed'),
        params: Type.Object({ list: Type.String() }),
      },
      config: {
        nameAnswer: async ({ params, headers: { accept } }) => {
          const list = readNumber((params as { list: string }).list) ?? 0
          const name = await nameStatusList(tools, list)
          return name === undefined ? undefined : { name: `${credentialType(accept)} ${name}` }
        },
      },
    },
    async (request, reply) =>
      answerDocument(
        request,
        reply,
        await showStatusList(tools, readNumber(request.params.list) ?? 0),
        {
          type: credentialType(request.headers.accept),
        },
      ),
  )
}
