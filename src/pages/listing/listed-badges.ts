import type { ListedBadge } from '../../../schemas/profile.ts'
import type { Words } from '../../words/words.ts'
import { type Html, html } from '../kit/html.ts'
import { type Icon, icon } from '../kit/icons.ts'
import { daysOf } from './listed-words.ts'

const marks: Record<ListedBadge['status'], [tone: string, drawing: Icon]> = {
  valid: ['valid', 'tick'],
  expired: ['caution', 'clock'],
  suspended: ['caution', 'attention'],
}

/** Badges in a list, each leading to its page, where its verdict is. Where badges are of several people, each says whose it is. */
export function listedBadges(badges: ListedBadge[], { named }: { named: boolean }, t: Words): Html {
  const cards = badges.map((badge) => {
    const { achievement, page } = badge
    // All of them are valid, so one picture of each certification does.
    const image = named ? achievement.picture.replace(/\.png$/, '-192.png') : badge.image
    return html`<li><img class="picture" src="${pathOf(image)}" alt="" width="112" height="112">
<div class="about">${heading(html`<a href="${pathOf(page)}">${achievement.name}</a>`, named)}
${named ? whose(badge, t) : state(badge, t)}</div></li>
`
  })
  return html`<ul class="badges">${cards}</ul>`
}

/** A directory has a heading above its cards, a profile its owner's name. */
function heading(words: Html, isBelow: boolean): Html {
  return isBelow ? html`<h3>${words}</h3>` : html`<h2 class="badge-name">${words}</h2>`
}

/** Where on this site an address of ours is: a long list says its origin once less for each. */
function pathOf(address: string): string {
  return new URL(address).pathname
}

/** Where all are valid, a mark on each would say nothing. */
function whose(badge: ListedBadge, t: Words): Html {
  const name = badge.holder && html`<bdi>${badge.holder.name}</bdi>`
  return html`<p>${name ?? t.say('listed.noName')}</p>
<p class="note">${t.say('listed.earned', { earned: t.day(badge.earnedOn) })}</p>`
}

function state(badge: ListedBadge, t: Words): Html {
  const [tone, drawing] = marks[badge.status]
  return html`<p class="listed ${tone}">${icon(drawing)}<span>${daysOf(badge, t)}</span></p>`
}
