import { showHelp, showPrivacyNotice } from '../../../actions/showing/show-notices.ts'
import { helpPage } from '../../../pages/issuer/help-page.ts'
import { privacyPage } from '../../../pages/issuer/privacy-page.ts'
import type { Words } from '../../../words/words.ts'
import { wordsFor } from '../../languages.ts'
import { answer } from '../../replies.ts'
import type { App, HttpTools } from '../../tools.ts'

/** What candidates may want to know about their data and their badge. */
export function noticeRoutes(app: App, tools: HttpTools) {
  const pages = {
    '/privacy': (t: Words) => privacyPage(showPrivacyNotice(tools), t),
    '/help': (t: Words) => helpPage(showHelp(tools), t),
  }
  for (const [path, page] of Object.entries(pages))
    app.get(path, { schema: { hide: true } }, async (request, reply) =>
      answer(request, reply, {
        type: 'text/html; charset=utf-8',
        body: page(wordsFor(request)),
        caching: { seconds: 300 },
      }),
    )
}
