import { docsPage, type OpenApiDocument } from '../../../pages/issuer/docs-page.ts'
import { wordsFor } from '../../languages.ts'
import { answer } from '../../replies.ts'
import type { App } from '../../tools.ts'

/** The API's description, for programs and for people. */
export function docsRoutes(app: App, describe: () => Promise<OpenApiDocument>) {
  app.get('/openapi.json', { schema: { hide: true } }, async (request, reply) =>
    answer(request, reply, {
      type: 'application/json; charset=utf-8',
      body: JSON.stringify(await describe()),
      caching: { seconds: 300 },
    }),
  )
  app.get('/docs', { schema: { hide: true } }, async (request, reply) =>
    answer(request, reply, {
      type: 'text/html; charset=utf-8',
      body: docsPage(await describe(), wordsFor(request)),
      caching: { seconds: 300 },
    }),
  )
}
