import type { ProfileView } from '../../../schemas/profile.ts'
import type { Words } from '../../words/words.ts'
import { directoryStylePath } from '../assets.ts'
import { html } from '../kit/html.ts'
import { layout } from '../kit/layout.ts'
import { link, webAddress } from '../kit/links.ts'
import { rich } from '../kit/rich.ts'
import { listedBadges } from './listed-badges.ts'
import { titleOf } from './listed-words.ts'

/** A profile: the holder's public badges, under a name if they chose one. */
export function profilePage(view: ProfileView, t: Words): string {
  const { name, issuer, badges, page, feed } = view
  const [first] = badges
  const title = titleOf(name, issuer, t)
  return layout(
    {
      title,
      issuerName: issuer.name,
      indexable: view.indexable,
      sheet: directoryStylePath,
      head: html`<meta property="og:type" content="profile">
<meta property="og:title" content="${title}">
<meta property="og:url" content="${webAddress(page)}">
${first && html`<meta property="og:image" content="${webAddress(first.achievement.picture)}">\n<meta property="og:image:alt" content="${first.achievement.pictureAlt}">\n`}<link rel="alternate" type="application/feed+json" href="${webAddress(feed)}" title="${title}">
<link rel="alternate" type="application/json" href="${webAddress(page)}.json">
`,
      body: html`<div class="opening wide"><p class="eyebrow">${t.say('profile.eyebrow', { issuer: issuer.name })}</p>
<h1>${name === undefined ? t.say('profile.unnamed') : html`<bdi>${name}</bdi>`}</h1>
<p class="lead">${t.say('profile.count', { badges: badges.length })}</p></div>
${badges.length > 0 && html`<div class="wide">${listedBadges(badges, { named: false }, t)}</div>\n`}<div class="wide after text"><p>${t.say('profile.check')}</p>
<p class="note">${rich(t, 'profile.forPrograms', { json: link(`${page}.json`, t.say('profile.json')), feed: link(feed, t.say('profile.feed')) })}</p></div>`,
    },
    t,
  )
}
