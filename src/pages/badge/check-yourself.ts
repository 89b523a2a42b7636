import type { Verdict } from '../../../schemas/verdict.ts'
import type { BadgeView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { type Html, html } from '../kit/html.ts'
import { hostOf, link, webAddress } from '../kit/links.ts'
import { rich } from '../kit/rich.ts'
import { checkList } from './check-list.ts'

/** When the page was made, and the verdict if the reader asked for the checks. */
export type Shown = { checkedAt: string; verdict?: Verdict }

/** The part of a badge page that lets the reader check the badge. */
export function checkYourself(view: BadgeView, { verdict }: Shown, t: Words): Html {
  const files = view.shared?.files ?? true
  return html`${verdict !== undefined && checkList(verdict.checks, view, t)}
<div class="actions">${checkAgain(view.links.page, t)}${
    files &&
    html`\n<a class="button second" href="${webAddress(view.links.bakedPng)}" download>${t.say('badge.download')}</a>`
  }${
    view.shared?.certificate !== undefined &&
    html`\n<a class="button second" href="${webAddress(view.shared.certificate)}" download>${t.say('badge.certificate')}</a>`
  }</div>
<div class="method"><h3>${t.say('badge.method')}</h3>
<p>${rich(t, 'badge.method.text', { domain: html`<bdi>${hostOf(view.links.page)}</bdi>` })}</p></div>
<p class="proof">${t.say(files ? 'badge.proof' : 'badge.proof.shared')}</p>
${files && rawDocuments(view, t)}`
}

/** A form, because a press of its button starts work. It keeps the query of the address. */
function checkAgain(page: string, t: Words): Html {
  const { pathname, searchParams } = new URL(page)
  const carried = [...searchParams].filter(([name]) => name !== 'check')
  return html`<form method="get" action="${pathname}#checks">${[...carried, ['check', 'now']].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="button" type="submit">${t.say('badge.again')}</button></form>`
}

/** The hosted assertion is public only when the badge is, so a share link does not show it. */
function rawDocuments({ links, issuer, shared }: BadgeView, t: Words): Html {
  return html`<details><summary>${t.say('badge.documents')}</summary>
<p>${t.say('badge.documents.for')}</p>
<ul class="documents">
<li>${link(links.credential, t.say('document.credential'))} <span class="note">${t.say('document.credential.form')}</span></li>
<li>${link(links.credentialJwt, t.say('document.credential'))} <span class="note">${t.say('document.credentialJwt.form')}</span></li>
${
  !shared &&
  html`<li>${link(links.assertion, t.say('document.assertion'))} <span class="note">${t.say('document.assertion.form')}</span></li>\n`
}<li>${link(links.assertionJws, t.say('document.assertion'))} <span class="note">${t.say('document.assertionJws.form')}</span></li>
<li>${link(links.bakedSvg, t.say('document.svg'))} <span class="note">${t.say('document.svg.form')}</span></li>
<li>${link(links.bakedSvgOb2, t.say('document.svg'))} <span class="note">${t.say('document.svgOb2.form')}</span></li>
<li>${t.say('document.issuer')} <code dir="ltr">${issuer.did}</code></li>
</ul></details>`
}
