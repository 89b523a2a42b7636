import { Type } from '../../../../schemas/type.ts'
import {
  findVersion,
  showAchievement,
  showAchievementView,
  showIssuerView,
  showProfile,
} from '../../../actions/showing/show-documents.ts'
import { pictureSizes } from '../../../domain/badge/badge-files.ts'
import { achievementPage } from '../../../pages/issuer/achievement-page.ts'
import { issuerPage } from '../../../pages/issuer/issuer-page.ts'
import { Problem } from '../../../problem.ts'
import { answerDocument } from '../../documents.ts'
import { wordsFor } from '../../languages.ts'
import { answer } from '../../replies.ts'
import { readNumber } from '../../slug.ts'
import type { App, HttpTools } from '../../tools.ts'

const OfVersion = Type.Object({ achievement: Type.String(), version: Type.String() })
const about = (summary: string) => ({ tags: ['Issuer'], summary })

/** The Open Badges 3.0 objects, and the plain pictures of achievements. These addresses always answer. */
export function ob3Routes(app: App, tools: HttpTools) {
  app.get(
    '/ob3/issuer',
    { schema: about('The issuer’s Open Badges 3.0 profile') },
    async (request, reply) =>
      answerDocument(request, reply, await showProfile(tools), {
        page: () =>
          issuerPage(
            showIssuerView(tools).issuer,
            showIssuerView(tools).achievements,
            wordsFor(request),
          ),
      }),
  )
  app.get(
    '/ob3/achievements/:achievement/:version',
    { schema: { ...about('One version of an achievement'), params: OfVersion } },
    async (request, reply) => {
      const { achievement } = request.params
      const version = readNumber(request.params.version) ?? 0
      const view = await showAchievementView(tools, achievement, version)
      return answerDocument(request, reply, await showAchievement(tools, achievement, version), {
        ...(view && {
          page: () => achievementPage(view, showIssuerView(tools).issuer, wordsFor(request)),
        }),
      })
    },
  )
  for (const size of [undefined, ...pictureSizes])
    app.get(
      `/ob3/achievements/:achievement/:version/picture${size ? `-${size}` : ''}.png`,
      {
        schema: {
          ...about(`The plain picture${size ? `, ${size} pixels wide` : ''}`),
          params: OfVersion,
        },
      },
      async (request, reply) => {
        const { achievement, version } = request.params
        const found = await findVersion(tools, achievement, readNumber(version) ?? 0)
        if (!found)
          throw new Problem('not-found/nothing-here', 'There is nothing at this address.', [], {
            word: 'problem.nothing',
          })
        const body = await tools.pictures.plain(found, achievement, size)
        return answer(request, reply, { type: 'image/png', body, caching: 'lasting' })
      },
    )
}
