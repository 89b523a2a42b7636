import type { FastifyReply, FastifyRequest } from 'fastify'
import { JsonFeed, ProfileView } from '../../../../schemas/profile.ts'
import { Type } from '../../../../schemas/type.ts'
import { showPublicProfile } from '../../../actions/showing/show-public-profile.ts'
import { profileFeed } from '../../../pages/listing/json-feed.ts'
import { profilePage } from '../../../pages/listing/profile-page.ts'
import { programmeWords, wordsFor } from '../../languages.ts'
import { pageType } from '../../negotiation.ts'
import { answer, answerNotConfirmed } from '../../replies.ts'
import { readHandle } from '../../slug.ts'
import type { App, HttpTools } from '../../tools.ts'

const Of = Type.Object({ handle: Type.String() })
const about = (summary: string) => ({ tags: ['Profiles'], summary, params: Of })

/** Public profiles: the same for every visitor. */
export function profileRoutes(app: App, tools: HttpTools) {
  const find = (handle: string) => showPublicProfile(tools, readHandle(handle))

  app.get(
    '/u/:handle',
    {
      schema: {
        ...about('The public badges of one holder; as JSON when JSON is named, or at `.json`'),
        querystring: Type.Object({
          // Any value is accepted: a refusal would reveal that a profile exists.
          lang: Type.Optional(Type.Any({ description: 'The language of the page.' })),
        }),
        response: { 200: ProfileView },
      },
    },
    async (request, reply) => {
      const suffixed = request.params.handle.endsWith('.json')
      const type = suffixed ? 'application/json' : pageType(request.headers.accept)
      const view = await find(request.params.handle.replace(/\.json$/, ''))
      if (!view) return answerNotConfirmed(request, reply, type === 'text/html' ? 'html' : 'json')
      const body =
        type === 'text/html' ? profilePage(view, wordsFor(request)) : JSON.stringify(view)
      return send(request, reply, { view, type, body })
    },
  )

  app.get(
    '/u/:handle/feed.json',
    { schema: { ...about('The same badges as a JSON Feed 1.1'), response: { 200: JsonFeed } } },
    async (request, reply) => {
      const view = await find(request.params.handle)
      if (!view) return answerNotConfirmed(request, reply, 'json')
      const body = JSON.stringify(profileFeed(view, programmeWords(tools)))
      return send(request, reply, { view, type: 'application/feed+json', body })
    },
  )
}

type Sent = { view: ProfileView; type: string; body: string }

function send(request: FastifyRequest, reply: FastifyReply, { view, type, body }: Sent) {
  if (!view.indexable) reply.header('x-robots-tag', 'noindex')
  return answer(request, reply, { type: `${type}; charset=utf-8`, body, caching: 'state' })
}
