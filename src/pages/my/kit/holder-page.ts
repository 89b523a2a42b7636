import type { FormFacts } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { formsStylePath } from '../../assets.ts'
import { type Html, html } from '../../kit/html.ts'
import { icon } from '../../kit/icons.ts'
import { layout, type Page } from '../../kit/layout.ts'

/** What every page of a candidate is told: whose site it is, the token that its forms carry, and what the last form did. */
export type HolderPageFacts = FormFacts & { issuerName: string; signedIn?: boolean }

type Content = Pick<Page, 'title' | 'body' | 'head' | 'part' | 'again'>

/** The frame of the pages on which somebody decides something; what the last form did is said first. */
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
      body: html`${told(facts)}${body}`,
    },
    t,
  )
}

function told({ done, mistake }: FormFacts): Html | undefined {
  if (done === undefined && mistake === undefined) return undefined
  return html`<div class="notices wide">${mistake !== undefined && notice('bad', html`<p>${mistake}</p>`)}${done !== undefined && notice('valid', html`<p>${done}</p>`)}</div>
`
}

const drawn = { valid: 'tick', caution: 'attention', bad: 'cross', unknown: 'question' } as const

/** Something that must not be overlooked; screen readers say it when the page arrives. */
export function notice(tone: keyof typeof drawn, body: Html): Html {
  return html`<div class="notice ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}">${icon(drawn[tone])}<div class="text">${body}</div></div>
`
}

/** A form that changes something. Whoever sends it must have been given its token. */
export function form(action: string, { token }: FormFacts, body: Html, kind = 'form'): Html {
  return html`<form class="${kind}" method="post" action="${action}"><input type="hidden" name="form" value="${token}">
${body}</form>`
}

/** A form that is one button; `hidden` is what else it carries. */
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
