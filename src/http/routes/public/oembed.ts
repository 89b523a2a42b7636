import { Type } from '../../../../schemas/type.ts'
import { showPreview } from '../../../actions/showing/show-preview.ts'
import { oEmbed } from '../../../pages/elsewhere/oembed.ts'
import { Problem } from '../../../problem.ts'
import { askedWords } from '../../languages.ts'
import { answer, answerNotConfirmed } from '../../replies.ts'
import { readSlug } from '../../slug.ts'
import type { App, HttpTools } from '../../tools.ts'
import { visitorOf } from '../../visitors.ts'

const Pixels = Type.Optional(
  Type.String({ pattern: '^[1-9]\\d{0,5}$', description: 'A number of pixels, from 1.' }),
)
const Query = Type.Object({
  url: Type.String({ description: 'The address of a badge page, whole.' }),
  format: Type.Optional(Type.String({ description: 'json; other formats are not offered.' })),
  maxwidth: Pixels,
  maxheight: Pixels,
  lang: Type.Optional(Type.Any({ description: 'The language; English, when empty.' })),
})

/** oEmbed 1.0, by which other sites ask how to embed a public badge. */
export function oembedRoutes(app: App, tools: HttpTools) {
  app.get(
    '/oembed',
    {
      schema: {
        tags: ['Badges'],
        summary: 'What to embed of a badge (oEmbed)',
        querystring: Query,
      },
    },
    async (request, reply) => {
      const { url, format = 'json', maxwidth, maxheight } = request.query
      // oEmbed 2.3: a request for another format gets this answer, whatever its address.
      if (format !== 'json')
        throw new Problem(
          'not-offered/oembed-json-only',
          'oEmbed is answered as JSON only: ask with format=json.',
        )
      const slug = slugIn(url, tools.addresses.origin)
      const found = await showPreview(tools, slug, await visitorOf(tools, request))
      if (found.kind === 'hidden') return answerNotConfirmed(request, reply, 'json')
      const { embed } = tools.addresses.previewLinks(slug)
      const room = { width: pixels(maxwidth), height: pixels(maxheight) }
      const facts = { embed, origin: tools.addresses.origin, room }
      return answer(request, reply, {
        type: 'application/json; charset=utf-8',
        body: JSON.stringify(oEmbed(found.shown.view, facts, askedWords(request, 'badge'))),
        caching: 'state',
        status: found.kind === 'gone' ? 410 : 200,
      })
    },
  )
}

/**
 * The slug in the address of a badge page. Any other address, a share link included, becomes a slug that no badge has.
 */
function slugIn(url: string, origin: string): string {
  const [address = ''] = url.split(/\?lang=[\w-]*$/)
  return address.startsWith(`${origin}/b/`) ? readSlug(address.slice(origin.length + 3)) : 'none'
}

const pixels = (text: string | undefined) => (text === undefined ? undefined : Number(text))
