import type { Verdict } from '../../schemas/verdict.ts'
import type { BadgeView } from '../../schemas/view.ts'
import { checkList } from './check-list.ts'
import { type Html, html } from './html.ts'
import { hostOf, link, webAddress } from './links.ts'

/** When the page was made, and what the checks found if the reader asked for them. */
export type Shown = { checkedAt: string; verdict?: Verdict }

/** The part of a badge page that lets the reader see for themselves. */
export function checkYourself(view: BadgeView, { verdict }: Shown): Html {
  return html`${verdict !== undefined && checkList(verdict.checks, view.timeZone)}
<div class="actions">${checkAgain(view.links.page)}
<a class="button second" href="${webAddress(view.links.bakedPng)}" download>Download the badge file</a></div>
<div class="method"><h3>How the check works</h3>
<p>When the badge was earned, the issuer sealed its file with a digital signature that breaks if a single letter is changed. The check compares that signature with the keys which ${hostOf(view.links.page)} publishes, and which nobody but the issuer can put there. Then it looks up whether the badge has run out, has been withdrawn or is under review at this moment.</p></div>
<p class="proof">You need not take this page’s word: the badge file can be checked by any verifier of Open Badges.</p>
${rawDocuments(view)}`
}

/** A form, since a press of it asks for work to be done; what the address carries already is carried on. */
function checkAgain(page: string): Html {
  const { pathname, searchParams } = new URL(page)
  const carried = [...searchParams].filter(([name]) => name !== 'check')
  return html`<form method="get" action="${pathname}#checks">${[...carried, ['check', 'now']].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="button" type="submit">Check again now</button></form>`
}

function rawDocuments({ links, issuer }: BadgeView): Html {
  return html`<details><summary>Raw documents</summary>
<p>For developers and for other verifiers.</p>
<ul class="documents">
<li>${link(links.credential, 'Open Badges 3.0 credential')} <span class="note">JSON-LD with a Data Integrity proof</span></li>
<li>${link(links.credentialJwt, 'Open Badges 3.0 credential')} <span class="note">VC-JWT</span></li>
<li>${link(links.assertion, 'Open Badges 2.0 assertion')} <span class="note">hosted JSON-LD</span></li>
<li>${link(links.assertionJws, 'Open Badges 2.0 assertion')} <span class="note">signed, JWS</span></li>
<li>${link(links.bakedSvg, 'Badge as SVG')} <span class="note">carries the 3.0 credential</span></li>
<li>${link(links.bakedSvgOb2, 'Badge as SVG')} <span class="note">carries the 2.0 assertion</span></li>
<li>Issuer’s identifier <code>${issuer.did}</code></li>
</ul></details>`
}
