import { Type } from '../../../../schemas/type.ts'
import {
  showAchievementView,
  showBadgeClass,
  showCryptographicKey,
  showIssuerProfile,
  showIssuerView,
} from '../../../actions/showing/show-documents.ts'
import { showAssertion } from '../../../actions/showing/show-files.ts'
import { showRevocationList } from '../../../actions/showing/show-revocation-list.ts'
import { badgePage } from '../../../pages/badge/badge-page.ts'
import { gonePage } from '../../../pages/badge/gone-page.ts'
import { achievementPage } from '../../../pages/issuer/achievement-page.ts'
import { issuerPage } from '../../../pages/issuer/issuer-page.ts'
import { answerDocument } from '../../documents.ts'
import { wordsFor } from '../../languages.ts'
import { objectType } from '../../negotiation.ts'
import { answer, answerNotConfirmed } from '../../replies.ts'
import { readNumber, readSlug } from '../../slug.ts'
import type { App, HttpTools } from '../../tools.ts'
import { visitorOf } from '../../visitors.ts'
import { answerAssertion, nameAssertion, withoutShare } from './badge-files.ts'

const ofKey = Type.Object({ key: Type.String() })
const about = (summary: string) => ({ tags: ['Issuer'], summary })

/** The Open Badges 2.0 objects: one issuer for each RSA key, and hosted assertions. */
export function ob2Routes(app: App, tools: HttpTools) {
  app.get(
    '/ob2/assertions/:id',
    {
      schema: {
        tags: ['Badges'],
        summary: 'The hosted Open Badges 2.0 assertion',
        params: Type.Object({ id: Type.String() }),
      },
      config: {
        nameAnswer: async ({ params, headers: { accept } }) => {
          const type = objectType(accept)
          if (type === 'text/html') return undefined
          const at = { hostedId: readSlug((params as { id: string }).id) }
          return nameAssertion(tools, at, type)
        },
      },
    },
    async (request, reply) => {
      const type = objectType(request.headers.accept)
      const asked = await showAssertion(
        tools,
        { hostedId: readSlug(request.params.id) },
        withoutShare(await visitorOf(tools, request)),
      )
      if (type !== 'text/html') return answerAssertion(request, reply, { type, shown: asked })
      const { found } = asked
      if (found.kind === 'hidden') return answerNotConfirmed(request, reply, 'html')
      reply.header('x-robots-tag', 'noindex')
      const { shown } = found
      const body =
        shown.kind === 'gone'
          ? gonePage(shown.view, wordsFor(request, 'badge'))
          : badgePage(shown.view, { checkedAt: tools.now() }, wordsFor(request, 'badge'))
      return answer(request, reply, {
        type: 'text/html; charset=utf-8',
        body,
        caching: 'state',
        status: found.badge.revokedAt ? 410 : 200,
      })
    },
  )
  app.get(
    '/ob2/:key/issuer',
    { schema: { ...about('The Open Badges 2.0 issuer of one key'), params: ofKey } },
    async (request, reply) =>
      answerDocument(request, reply, await showIssuerProfile(tools, request.params.key), {
        page: () =>
          issuerPage(
            showIssuerView(tools).issuer,
            showIssuerView(tools).achievements,
            wordsFor(request),
          ),
      }),
  )
  app.get(
    '/ob2/:key/key',
    { schema: { ...about('The public key of one Open Badges 2.0 issuer'), params: ofKey } },
    async (request, reply) =>
      answerDocument(request, reply, await showCryptographicKey(tools, request.params.key)),
  )
  app.get(
    '/ob2/:key/revocations',
    { schema: { ...about('The revoked assertions that one key signed'), params: ofKey } },
    async (request, reply) =>
      answerDocument(request, reply, await showRevocationList(tools, request.params.key)),
  )
  app.get(
    '/ob2/:key/achievements/:achievement/:version',
    {
      schema: {
        ...about('The Open Badges 2.0 badge class'),
        params: Type.Object({
          key: Type.String(),
          achievement: Type.String(),
          version: Type.String(),
        }),
      },
    },
    async (request, reply) => {
      const { key, achievement } = request.params
      const version = readNumber(request.params.version) ?? 0
      const view = await showAchievementView(tools, achievement, version)
      return answerDocument(
        request,
        reply,
        await showBadgeClass(tools, key, achievement, version),
        {
          ...(view && {
            page: () => achievementPage(view, showIssuerView(tools).issuer, wordsFor(request)),
          }),
        },
      )
    },
  )
}
