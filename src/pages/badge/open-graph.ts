import type { BadgeView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { type Html, html } from '../kit/html.ts'
import { webAddress } from '../kit/links.ts'
import type { VerdictWords } from '../kit/verdict-words.ts'

/** What networks and machines read from a badge page. If the badge is not valid, the preview begins with that. */
export function openGraph(view: BadgeView, verdict: VerdictWords, t: Words): Html {
  const { achievement, issuer, links, shared, preview } = view
  const name = `${achievement.name} · ${issuer.name}`
  return html`${view.indexable && html`<meta name="description" content="${summary(view, t)}">\n`}<meta property="og:type" content="website">
<meta property="og:title" content="${verdict.tone === 'valid' ? name : `${verdict.words}: ${name}`}">
<meta property="og:description" content="${summary(view, t)}">
<meta property="og:url" content="${webAddress(links.page)}">
${preview?.card === undefined ? plainImage(view) : card(view, preview.card, t)}${
  preview &&
  html`<link rel="alternate" type="application/json+oembed" href="${webAddress(preview.oembed)}&amp;lang=${t.lang}">
`
}${!shared && html`<link rel="alternate" type="application/vc+ld+json" href="${webAddress(links.credential)}">\n`}`
}

/** The picture that networks show, for a public badge only. */
function card({ achievement, holder, issuer }: BadgeView, address: string, t: Words): Html {
  const alt = t.say('badge.card', {
    named: holder === undefined ? 'no' : 'yes',
    holder: holder?.name ?? '',
    picture: achievement.pictureAlt,
    achievement: achievement.name,
    issuer: issuer.name,
  })
  return html`<meta property="og:image" content="${webAddress(address)}?lang=${t.lang}">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="${alt}">
<meta name="twitter:card" content="summary_large_image">
`
}

function plainImage({ links, achievement }: BadgeView): Html {
  return html`<meta property="og:image" content="${webAddress(links.image)}">
<meta property="og:image:alt" content="${achievement.pictureAlt}">
`
}

function summary({ holder, earnedOn, expiresOn, achievement }: BadgeView, t: Words): string {
  return t.say('badge.summary', {
    named: holder === undefined ? 'no' : 'yes',
    holder: holder?.name ?? '',
    earned: t.day(earnedOn),
    ends: expiresOn === undefined ? 'no' : 'yes',
    expires: expiresOn === undefined ? '' : t.day(expiresOn),
    description: achievement.description,
  })
}
