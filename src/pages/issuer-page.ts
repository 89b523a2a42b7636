import type { AchievementView, IssuerView } from '../../schemas/view.ts'
import { type Html, html } from './html.ts'
import { layout, part } from './layout.ts'
import { hostOf, link, mailLink, picture, webAddress } from './links.ts'

/** The start page: who issues here, what can be earned, and how somebody who is shown a badge checks it. */
export function issuerPage(issuer: IssuerView, achievements: AchievementView[]): string {
  const description = issuer.description ?? `The certification badges of ${issuer.name}.`
  return layout({
    title: `Certification badges of ${issuer.name}`,
    issuerName: issuer.name,
    indexable: true,
    head: html`<meta name="description" content="${description}">
<meta property="og:type" content="website">
<meta property="og:title" content="Certification badges of ${issuer.name}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${webAddress(issuer.address)}">
`,
    body: html`<div class="opening wide"><p class="eyebrow">Certification badges of</p>
<h1>${issuer.name}</h1>
<p class="lead">${description}</p></div>
${achievements.length > 0 && earnable(achievements)}${part('check', 'You were shown a badge', howToCheck(issuer))}${part('contact', 'Who issues here', contact(issuer))}`,
  })
}

function earnable(achievements: AchievementView[]): Html {
  return html`<section class="earnable wide" aria-labelledby="earn"><h2 id="earn">What can be earned</h2>
<ul>${achievements.map(
    (each) => html`<li>${picture(each.picture, '', 200)}
<h3>${link(each.address, each.name)}</h3>
<p class="note">${each.level} · exam <span class="number">${each.exam.code}</span></p>
<p>${each.description}</p></li>
`,
  )}</ul></section>
`
}

function howToCheck(issuer: IssuerView): Html {
  return html`<ol class="steps">
<li><strong>Open its link.</strong> Every badge has a page of its own, and the first line of that page is the verdict.</li>
<li><strong>Read the address.</strong> It must begin with <strong class="domain">${hostOf(issuer.address)}</strong>: a picture of a badge, or a page elsewhere, proves nothing.</li>
<li><strong>Press “Check again now”.</strong> The page then lists what was checked, what was found, and at which second.</li>
</ol>`
}

function contact(issuer: IssuerView): Html {
  return html`<p class="lead">${link(issuer.url, issuer.name)} <span class="quiet">${hostOf(issuer.url)}</span></p>
<p>Questions about a badge: ${mailLink(issuer.email)}</p>
<p>You earned one? <a href="/help">Help with your badge</a>, and <a href="/privacy">what is stored about you</a>.</p>
<details><summary>For developers</summary>
<ul class="documents"><li>Issuer’s identifier <code>${issuer.did}</code></li></ul></details>`
}
