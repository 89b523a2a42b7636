import type { BadgeView } from '../../schemas/view.ts'
import { longDate } from './dates.ts'
import { type Html, html } from './html.ts'
import { webAddress } from './links.ts'
import type { VerdictWords } from './verdict-words.ts'

/** What networks and machines read of a badge page; a preview says so first when the badge is not valid. */
export function openGraph(view: BadgeView, verdict: VerdictWords): Html {
  const { achievement, issuer, links } = view
  const name = `${achievement.name} · ${issuer.name}`
  return html`${view.indexable && html`<meta name="description" content="${summary(view)}">\n`}<meta property="og:type" content="website">
<meta property="og:title" content="${verdict.tincture === 'valid' ? name : `${verdict.words}: ${name}`}">
<meta property="og:description" content="${summary(view)}">
<meta property="og:url" content="${webAddress(links.page)}">
<meta property="og:image" content="${webAddress(links.image)}">
<meta property="og:image:alt" content="${achievement.pictureAlt}">
<link rel="alternate" type="application/vc+ld+json" href="${webAddress(links.credential)}">
`
}

function summary({ holder, earnedOn, expiresOn, achievement }: BadgeView): string {
  const earned = holder === undefined ? 'Earned' : `Earned by ${holder.name}`
  const until = expiresOn === undefined ? '' : `, valid until ${longDate(expiresOn)}`
  return `${earned} on ${longDate(earnedOn)}${until}. ${achievement.description}`
}
