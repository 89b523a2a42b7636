import type { ListedBadge } from '../../../schemas/profile.ts'
import type { Words } from '../../words/words.ts'
import { type Html, html } from '../kit/html.ts'
import { type Icon, icon } from '../kit/icons.ts'
import { inWidth } from '../kit/picture-choice.ts'
import { daysOf } from './listed-words.ts'

const marks: Record<ListedBadge['status'], [tone: string, drawing: Icon]> = {
  valid: ['valid', 'tick'],
  expired: ['caution', 'clock'],
  suspended: ['caution', 'attention'],
}

/** Badges in a list, each a link to its page, where its verdict is. With `named`, each shows its holder. */
export function listedBadges(badges: ListedBadge[], { named }: { named: boolean }, t: Words): Html {
  const cards = badges.map((badge) => {
    const { achievement, page } = badge
    // All of them are valid, so one picture for each achievement is enough.
    const image = inWidth(named ? achievement.picture : badge.image, 192)
    return html`<li><img class="picture" loading="lazy" src="${pathOf(image)}" alt="" width="112" height="112">
<div class="about">${heading(html`<a href="${pathOf(page)}">${achievement.name}</a>`, named)}
${named ? holderOf(badge, t) : state(badge, t)}</div></li>
`
  })
  return html`<ul class="badges">${cards}</ul>`
}

/** In the directory a heading precedes the cards; on a profile only the holder's name does. */
function heading(words: Html, isBelow: boolean): Html {
  return isBelow ? html`<h3>${words}</h3>` : html`<h2 class="badge-name">${words}</h2>`
}

/** The path of an address of this site: without the origin, a long list is shorter. */
function pathOf(address: string): string {
  return new URL(address).pathname
}

/** The directory lists only valid badges, so their state needs no mark. */
function holderOf(badge: ListedBadge, t: Words): Html {
  const name = badge.holder && html`<bdi>${badge.holder.name}</bdi>`
  return html`<p>${name ?? t.say('listed.noName')}</p>
<p class="note">${t.say('listed.earned', { earned: t.day(badge.earnedOn) })}</p>`
}

function state(badge: ListedBadge, t: Words): Html {
  const [tone, drawing] = marks[badge.status]
  return html`<p class="listed ${tone}">${icon(drawing)}<span>${daysOf(badge, t)}</span></p>`
}
