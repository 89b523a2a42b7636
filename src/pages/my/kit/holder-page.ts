import type { FormFacts } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { formsStylePath } from '../../assets.ts'
import { type Html, html } from '../../kit/html.ts'
import { icon } from '../../kit/icons.ts'
import { layout, type Page } from '../../kit/layout.ts'

/** The facts of every holder's page: the issuer, the token of its forms, and the outcome of the last form. */
export type HolderPageFacts = FormFacts & { issuerName: string; signedIn?: boolean }

type Content = Pick<Page, 'title' | 'body' | 'head' | 'part' | 'again'>

/** The frame of holders' pages. The outcome of the last form comes first. */
export function holderPage(
  facts: HolderPageFacts,
  { title, body, ...rest }: Content,
  t: Words,
): string {
  const { issuerName, signedIn = false } = facts
  return layout(
    {
      title: `${title} · ${issuerName}`,
      issuerName,
      signedIn,
      sheet: formsStylePath,
      ...rest,
      body: html`${outcome(facts)}${body}`,
    },
    t,
  )
}

function outcome({ done, mistake }: FormFacts): Html | undefined {
  if (done === undefined && mistake === undefined) return undefined
  return html`<div class="notices wide">${mistake !== undefined && notice('bad', html`<p>${mistake}</p>`)}${done !== undefined && notice('valid', html`<p>${done}</p>`)}</div>
`
}

const drawn = { valid: 'tick', caution: 'attention', bad: 'cross', unknown: 'question' } as const

/** A message that must be noticed; screen readers announce it when the page loads. */
export function notice(tone: keyof typeof drawn, body: Html): Html {
  return html`<div class="notice ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}">${icon(drawn[tone])}<div class="text">${body}</div></div>
`
}

/** A form that changes something. Its token proves that the browser received the page. */
export function form(action: string, { token }: FormFacts, body: Html, kind = 'form'): Html {
  return html`<form class="${kind}" method="post" action="${action}"><input type="hidden" name="form" value="${token}">
${body}</form>`
}

/** A form that is one button; `hidden` holds its other fields. */
export function buttonForm(
  action: string,
  facts: FormFacts,
  {
    label,
    about,
    kind = 'second',
    hidden = {},
  }: { label: string; about?: string; kind?: string; hidden?: Record<string, string> },
): Html {
  const fields = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return form(
    action,
    facts,
    html`${fields}<button class="button ${kind}" type="submit"${about !== undefined && html` aria-label="${about}"`}>${label}</button>`,
    'one',
  )
}
