import type { HolderBadge } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { inLanguage } from '../../kit/in-language.ts'
import { picture } from '../../kit/links.ts'
import { inWidth } from '../../kit/picture-choice.ts'
import { rich } from '../../kit/rich.ts'
import { type HolderPageFacts, holderPage } from '../kit/holder-page.ts'
import { holderState, stateTag } from '../kit/state-words.ts'

/** All badges of the holder, each with its state in words. */
export function myBadgesPage(facts: HolderPageFacts & { badges: HolderBadge[] }, t: Words): string {
  const { badges } = facts
  return holderPage(
    { ...facts, signedIn: true },
    {
      title: t.say('my.title'),
      body: html`<div class="opening wide"><h1>${t.say('my.title')}</h1>
${badges.length === 0 ? none(t) : html`<p class="lead">${t.say('my.lead')}</p>`}</div>
${
  badges.length > 0 &&
  html`<div class="wide"><ul class="badges">${badges.map((badge) => card(badge, t))}</ul></div>
${directory(t)}`
}`,
    },
    t,
  )
}

function card(badge: HolderBadge, t: Words): Html {
  const { id, claim, view } = badge
  const waiting = claim === 'open'
  return html`<li>${picture(inWidth(view.links.image, 192), '', 112)}
<div class="about"><h2 class="badge-name"><a href="/my/badges/${id}">${inLanguage(view.achievement.name, view.achievement, t)}</a></h2>
<p>${holderState(badge, t)}</p>
${stateTag(view, t)}${waiting && html`<p><a class="button" href="/my/badges/${id}" aria-label="${t.say('my.claim.about', { achievement: view.achievement.name })}">${t.say('my.claim')}</a></p>\n`}</div></li>
`
}

function directory(t: Words): Html {
  return html`<div class="wide after text"><p class="note">${rich(t, 'my.directory', {
    directory: html`<a href="/directory">${t.say('my.directory.link')}</a>`,
    profile: html`<a href="/my/account#profile">${t.say('my.directory.profile')}</a>`,
  })}</p></div>`
}

function none(t: Words): Html {
  return html`<div class="text"><p class="lead">${t.say('my.none')}</p>
<p>${t.say('my.none.address')} <a href="/my/account">${t.say('my.none.add')}</a></p>
<p><a href="/help">${t.say('my.none.help')}</a></p></div>`
}
