import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../../../../schemas/type.ts'
import { type Previewed, showPreview } from '../../../actions/showing/show-preview.ts'
import { cardWords, goneCardWords } from '../../../pages/elsewhere/card-words.ts'
import { embedPage, goneEmbedPage, noEmbedPage } from '../../../pages/elsewhere/embed-page.ts'
import type { Words } from '../../../words/words.ts'
import { askedWords, wordsFor } from '../../languages.ts'
import { answer, answerNotConfirmed } from '../../replies.ts'
import { framePolicy } from '../../security.ts'
import { readSlug } from '../../slug.ts'
import type { App, HttpTools } from '../../tools.ts'
import { visitorOf } from '../../visitors.ts'

const At = Type.Object({ slug: Type.String() })
const Query = Type.Object({
  // Any value is accepted: a refusal would reveal that a badge exists.
  lang: Type.Optional(Type.Any({ description: 'The language; English, when empty.' })),
})
const about = (summary: string) => ({
  tags: ['Badges'],
  summary,
  params: At,
  querystring: Query,
})

/** What networks, mails and other sites show of a public badge. */
export function previewRoutes(app: App, tools: HttpTools) {
  const previewed = async (request: FastifyRequest) => {
    const { slug } = request.params as { slug: string }
    return showPreview(tools, readSlug(slug), await visitorOf(tools, request))
  }
  const picture = async (
    request: FastifyRequest,
    reply: FastifyReply,
    draw: (found: Previewed) => Promise<Buffer>,
  ) => {
    const found = await previewed(request)
    if (found.kind === 'hidden')
      return answerNotConfirmed(request, reply, await tools.pictures.notFound())
    reply.header('x-robots-tag', 'noindex')
    const body = await draw(found)
    return answer(request, reply, { type: 'image/png', body, caching: 'state', ...status(found) })
  }

  app.get(
    '/b/:slug/card.png',
    { schema: about('The card that networks show beside a link, 1200 by 630') },
    (request, reply) =>
      picture(request, reply, async (found) => {
        const { shown, plainPicture } = found
        if (found.withheld) return found.picture()
        const t = askedWords(request, 'badge')
        const words =
          shown.kind === 'gone' ? goneCardWords(shown.view, t) : cardWords(shown.view, t)
        return tools.previews.card({ ...words, picture: await plainPicture() })
      }),
  )

  app.get(
    '/b/:slug/signature.png',
    {
      schema: about('The picture for signatures of mails, which shows when the badge is not valid'),
    },
    (request, reply) =>
      picture(request, reply, async (found) => tools.previews.small(await found.picture())),
  )

  app.get(
    '/embed/:slug',
    { schema: about('The badge for a frame on another site') },
    async (request, reply) => {
      const found = await previewed(request)
      reply.removeHeader('x-frame-options').header('content-security-policy', framePolicy)
      const t = wordsFor(request, 'badge')
      if (found.kind === 'hidden')
        return answerNotConfirmed(request, reply, { html: noEmbedPage(t) })
      reply.header('x-robots-tag', 'noindex')
      return answer(request, reply, {
        type: 'text/html; charset=utf-8',
        body: framed(found, t),
        caching: 'state',
        ...status(found),
      })
    },
  )
}

const status = ({ kind }: Previewed) => ({ status: kind === 'gone' ? 410 : 200 })

function framed({ shown }: Previewed, t: Words) {
  return shown.kind === 'gone' ? goneEmbedPage(shown.view, t) : embedPage(shown.view, t)
}
