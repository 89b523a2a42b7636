import type { AchievementView, IssuerView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { achievementData } from '../badge/json-ld.ts'
import { html } from '../kit/html.ts'
import { inLanguage, languageAttributes, paragraphsInLanguage } from '../kit/in-language.ts'
import { facts, layout, part } from '../kit/layout.ts'
import { code, hostOf, link, mailLink, picture, webAddress } from '../kit/links.ts'
import { inPortrait } from '../kit/picture-choice.ts'
import { rich } from '../kit/rich.ts'
import { skillList } from '../kit/skill-list.ts'

/** The page of an achievement: what it is, what it requires, who awards it. It names no holder. */
export function achievementPage(view: AchievementView, issuer: IssuerView, t: Words): string {
  const { criteria, exam } = view
  return layout(
    {
      title: `${view.name} · ${issuer.name}`,
      issuerName: issuer.name,
      indexable: true,
      head: html`<meta name="description" content="${view.description}">
<meta property="og:type" content="website">
<meta property="og:title" content="${view.name}">
<meta property="og:description" content="${view.description}">
<meta property="og:url" content="${webAddress(view.address)}">
<meta property="og:image" content="${webAddress(view.picture)}">
<meta property="og:image:alt" content="${view.pictureAlt}">
${achievementData(view, issuer)}`,
      body: html`<article class="portrait wide top">
${picture(view.picture, view.pictureAlt, 320, inPortrait)}
<div class="name"><p class="eyebrow"><bdi>${issuer.name}</bdi></p>
<h1>${inLanguage(view.name, view, t)}</h1></div>
<div class="rest"><p class="lead"${languageAttributes(view, t)}>${view.description}</p>
${facts([
  [
    t.say('badge.exam'),
    html`${inLanguage(exam.title, view, t)} <span class="quiet">${code(exam.code)}</span>`,
  ],
  [t.say('badge.level'), inLanguage(view.level, view, t)],
  [t.say('achievement.validFor'), html`${t.duration(view.validity)}`],
])}</div>
</article>
${part(
  'took',
  t.say('achievement.takes'),
  html`${paragraphsInLanguage(criteria.narrative, view, t)}${criteria.url !== undefined && html`<p>${link(criteria.url, t.say('achievement.exam'))}</p>`}`,
)}${view.skills.length > 0 && part('skills', t.say('achievement.shows'), skillList(view, t, { described: true }))}${view.prepare !== undefined && view.prepare.length > 0 && part('prepare', t.say('achievement.prepare'), html`<ul class="described">${view.prepare.map(({ title, url }) => html`<li>${link(url, title)} <span class="quiet" dir="ltr">${hostOf(url)}</span></li>\n`)}</ul>`)}${part(
  'issuer',
  t.say('achievement.issuer'),
  html`<p class="lead">${link(issuer.url, issuer.name)} <span class="quiet" dir="ltr">${hostOf(issuer.url)}</span></p>
${issuer.description !== undefined && html`${paragraphsInLanguage(issuer.description, issuer, t)}`}<p>${rich(t, 'achievement.questions', { email: mailLink(issuer.email) })}</p>`,
)}`,
    },
    t,
  )
}
