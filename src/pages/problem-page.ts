import { html } from './html.ts'
import { layout } from './layout.ts'

export type ProblemText = { status: number; title: string; detail: string; requestId?: string }

/** What went wrong, for a reader in a browser; `requestId` is what the operator finds the case by. */
export function problemPage({ status, title, detail, requestId }: ProblemText): string {
  return layout({
    title: `${title} (${status})`,
    body: html`<div class="plain wide"><p class="status" aria-hidden="true">${status}</p>
<div class="text"><h1>${title}</h1>
<p class="lead">${detail}</p>
${requestId !== undefined && html`<p class="note">If you write to us about this, please mention <span class="number">${requestId}</span>.</p>\n`}<p><a href="/">Go to the start page</a></p></div></div>`,
  })
}
