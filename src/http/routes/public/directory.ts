import { JsonFeed } from '../../../../schemas/profile.ts'
import { Type } from '../../../../schemas/type.ts'
import { searchDirectory } from '../../../actions/showing/search-directory.ts'
import type { Search } from '../../../domain/badge/directory.ts'
import { directoryPage } from '../../../pages/listing/directory-page.ts'
import { directoryFeed } from '../../../pages/listing/json-feed.ts'
import { programmeWords, wordsFor } from '../../languages.ts'
import { answer } from '../../replies.ts'
import type { App, HttpTools } from '../../tools.ts'

const Asked = Type.Object({
  q: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'Words of a name that is shown, or of a certification; at most 100 characters.',
    }),
  ),
  achievement: Type.Optional(Type.String({ maxLength: 63, description: 'The id of one.' })),
  level: Type.Optional(Type.String({ maxLength: 63, description: 'The id of one.' })),
  page: Type.Optional(
    Type.String({ pattern: '^([1-9]\\d?|[1-4]\\d\\d|500)$', description: 'From 1 to 500.' }),
  ),
  lang: Type.Optional(Type.String({ maxLength: 35, description: 'The language of the page.' })),
})

/** The badges whose holders want them to be found. */
export function directoryRoutes(app: App, tools: HttpTools) {
  app.get('/directory', { schema: { hide: true, querystring: Asked } }, async (request, reply) => {
    const search = searchOf(request.query)
    const view = await searchDirectory(tools, search)
    // Search engines may index the first page, but not the result of a search.
    if (!isWhole(search)) reply.header('x-robots-tag', 'noindex')
    return answer(request, reply, {
      type: 'text/html; charset=utf-8',
      body: directoryPage(view, wordsFor(request)),
      caching: 'state',
    })
  })
  app.get(
    '/directory/feed.json',
    {
      schema: {
        tags: ['Profiles'],
        summary: 'The badges that may be found, or those of a search, as a JSON Feed 1.1',
        querystring: Asked,
        response: { 200: JsonFeed },
      },
    },
    async (request, reply) => {
      const search = searchOf(request.query)
      const view = await searchDirectory(tools, search)
      if (!isWhole(search)) reply.header('x-robots-tag', 'noindex')
      return answer(request, reply, {
        type: 'application/feed+json; charset=utf-8',
        body: JSON.stringify(directoryFeed(view, tools.addresses, programmeWords(tools))),
        caching: 'state',
      })
    },
  )
}

type Query = { q?: string; achievement?: string; level?: string; page?: string }

function searchOf({ q = '', achievement = '', level = '', page = '1' }: Query): Search {
  return { text: q, achievement, level, page: Number(page) }
}

function isWhole({ text, achievement, level, page }: Search): boolean {
  return text === '' && achievement === '' && level === '' && page === 1
}
