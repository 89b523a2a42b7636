import { Type } from '../../../../schemas/type.ts'
import { listSitemap, listSitemapPart } from '../../../actions/showing/list-sitemap.ts'
import { Problem } from '../../../problem.ts'
import { answer } from '../../replies.ts'
import { robotsText, sitemapText } from '../../sitemap-text.ts'
import type { App, HttpTools } from '../../tools.ts'

const schema = { hide: true }
const xml = 'application/xml; charset=utf-8'

/** What search engines may read: where to look, where not, and every address that may be found. */
export function sitemapRoutes(app: App, tools: HttpTools) {
  app.get('/robots.txt', { schema }, async (request, reply) =>
    answer(request, reply, {
      type: 'text/plain; charset=utf-8',
      body: robotsText(tools.addresses.sitemap),
      caching: { seconds: 300 },
    }),
  )
  app.get('/sitemap.xml', { schema }, async (request, reply) => {
    const body = sitemapText(await listSitemap(tools))
    return answer(request, reply, { type: xml, body, caching: 'state' })
  })
  app.get(
    '/sitemaps/:part',
    { schema: { ...schema, params: Type.Object({ part: Type.String() }) } },
    async (request, reply) => {
      const [, name = ''] = /^(.+)\.xml$/.exec(request.params.part) ?? []
      const part = await listSitemapPart(tools, name)
      if (!part) throw new Problem('not-found/nothing-here', 'There is nothing at this address.')
      return answer(request, reply, { type: xml, body: sitemapText(part), caching: 'state' })
    },
  )
}
