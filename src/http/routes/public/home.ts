import { showIssuerView } from '../../../actions/showing/show-documents.ts'
import { assets } from '../../../pages/assets.ts'
import { issuerPage } from '../../../pages/issuer/issuer-page.ts'
import { wordsFor } from '../../languages.ts'
import { answer } from '../../replies.ts'
import type { App, HttpTools } from '../../tools.ts'

/** The home page, and the assets of all pages. */
export function homeRoutes(app: App, tools: HttpTools) {
  app.get('/', { schema: { hide: true } }, async (request, reply) => {
    const { issuer, achievements } = showIssuerView(tools)
    return answer(request, reply, {
      type: 'text/html; charset=utf-8',
      body: issuerPage(issuer, achievements, wordsFor(request)),
      caching: { seconds: 300 },
    })
  })
  for (const { path, contentType, bytes } of assets())
    app.get(path, { schema: { hide: true } }, async (request, reply) =>
      answer(request, reply, {
        type: contentType,
        body: bytes,
        // A path under /assets/ holds the content's hash, so the bytes at it never change.
        caching: path.startsWith('/assets/') ? 'immutable' : 'lasting',
      }),
    )
}
