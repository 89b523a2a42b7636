import type { AchievementView, IssuerView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { homeStylePath } from '../assets.ts'
import { type Html, html } from '../kit/html.ts'
import { inLanguage, languageAttributes } from '../kit/in-language.ts'
import { layout, part } from '../kit/layout.ts'
import { code, domain, hostOf, link, mailLink, picture, webAddress } from '../kit/links.ts'
import { inTile } from '../kit/picture-choice.ts'
import { rich } from '../kit/rich.ts'

/** The start page: the issuer, the achievements, and how to check a badge. */
export function issuerPage(issuer: IssuerView, achievements: AchievementView[], t: Words): string {
  const description = issuer.description ?? t.say('issuer.description', { issuer: issuer.name })
  const [first] = achievements
  const title = t.say('issuer.title', { issuer: issuer.name })
  return layout(
    {
      title,
      issuerName: issuer.name,
      indexable: true,
      sheet: homeStylePath,
      head: html`<meta name="description" content="${description}">
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${webAddress(issuer.address)}">
${first && html`<meta property="og:image" content="${webAddress(first.picture)}">\n<meta property="og:image:alt" content="${first.pictureAlt}">\n`}`,
      body: html`<div class="opening wide"><p class="eyebrow">${t.say('issuer.eyebrow')}</p>
<h1><bdi>${issuer.name}</bdi></h1>
<p class="lead"${issuer.description !== undefined && languageAttributes(issuer, t)}>${description}</p></div>
${achievements.length > 0 && earnable(achievements, t)}${part('check', t.say('issuer.shown'), howToCheck(issuer, t))}${part('contact', t.say('issuer.who'), contact(issuer, t))}`,
    },
    t,
  )
}

function earnable(achievements: AchievementView[], t: Words): Html {
  return html`<section class="earnable wide" aria-labelledby="earn"><h2 id="earn">${t.say('issuer.earn')}</h2>
<ul>${achievements.map(
    (each) => html`<li>${picture(each.picture, '', 200, inTile)}
<h3>${link(each.address, inLanguage(each.name, each, t))}</h3>
<p class="note">${rich(t, 'issuer.exam', { level: inLanguage(each.level, each, t), code: code(each.exam.code) })}</p>
<p${languageAttributes(each, t)}>${each.description}</p></li>
`,
  )}</ul></section>
`
}

function howToCheck(issuer: IssuerView, t: Words): Html {
  return html`<ol class="steps">
<li><strong>${t.say('issuer.open')}</strong> ${t.say('issuer.open.text')}</li>
<li><strong>${t.say('issuer.read')}</strong> ${rich(t, 'issuer.read.text', { domain: domain(issuer.address) })}</li>
<li><strong>${t.say('issuer.press')}</strong> ${t.say('issuer.press.text')}</li>
</ol>
<p>${rich(t, 'issuer.find', { directory: html`<a href="/directory">${t.say('issuer.find.directory')}</a>` })}</p>`
}

function contact(issuer: IssuerView, t: Words): Html {
  return html`<p class="lead">${link(issuer.url, issuer.name)} <span class="quiet" dir="ltr">${hostOf(issuer.url)}</span></p>
<p>${rich(t, 'issuer.questions', { email: mailLink(issuer.email) })}</p>
<p>${rich(t, 'issuer.earned', { help: html`<a href="/help">${t.say('issuer.earned.help')}</a>`, privacy: html`<a href="/privacy">${t.say('issuer.earned.privacy')}</a>` })}</p>
<details><summary>${t.say('issuer.developers')}</summary>
<ul class="documents"><li>${t.say('document.issuer')} <code dir="ltr">${issuer.did}</code></li></ul></details>`
}
