import type { Words } from '../../words/words.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'
import { code } from './links.ts'
import { rich } from './rich.ts'

export type ProblemText = { status: number; title: string; detail: string; requestId?: string }

/** The page of a problem. The operator finds the case in the log by `requestId`. */
export function problemPage({ status, title, detail, requestId }: ProblemText, t: Words): string {
  return layout(
    {
      title: t.say('problem.title', { title, status: String(status) }),
      body: html`<div class="plain wide"><p class="status" aria-hidden="true">${status}</p>
<div class="text"><h1>${title}</h1>
<p class="lead">${detail}</p>
${requestId !== undefined && html`<p class="note">${rich(t, 'problem.mention', { id: code(requestId) })}</p>\n`}<p><a href="/">${t.say('problem.home')}</a></p></div></div>`,
    },
    t,
  )
}
