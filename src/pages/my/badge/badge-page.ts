import type { Visibility } from '../../../../schemas/badge.ts'
import type { ShareLink } from '../../../domain/badge/share-link.ts'
import type { HistoryEntry, HolderBadge, Naming } from '../../../domain/holders/holder-view.ts'
import type { NameWish } from '../../../domain/holders/name-wish.ts'
import type { Word, Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { inLanguage } from '../../kit/in-language.ts'
import { facts as pairs, part } from '../../kit/layout.ts'
import { code, link, picture } from '../../kit/links.ts'
import { inPortrait } from '../../kit/picture-choice.ts'
import { rich } from '../../kit/rich.ts'
import { claimForms } from '../claim/claim-forms.ts'
import { copyScript } from '../kit/copy-field.ts'
import { type HolderPageFacts, holderPage } from '../kit/holder-page.ts'
import { holderState, stateMeaning, stateTag } from '../kit/state-words.ts'
import { shareIt } from '../share/share-page.ts'
import { newLinkNotice, sharing } from '../share/sharing.ts'
import { mainFiles } from './downloads.ts'
import { history } from './history.ts'
import { nameFix } from './name-fix.ts'
import { privacyForm } from './privacy-form.ts'

export type MyBadgeFacts = HolderPageFacts & {
  badge: HolderBadge
  history: HistoryEntry[]
  /** Undefined for a badge that can no longer be corrected. */
  naming: Naming | undefined
  /** The submitted request for a name, when it has a mistake. */
  wish?: NameWish
  /** A share link that was just made. Its address can only be shown now. */
  newLink?: { url: string; link: ShareLink }
  /** The visibility that the programme preselects at the claim. */
  preselected: Visibility
}

/** One badge, with everything that its owner can decide about it. */
export function myBadgePage(facts: MyBadgeFacts, t: Words): string {
  const { badge, newLink } = facts
  const { achievement } = badge.view
  return holderPage(
    { ...facts, signedIn: true },
    {
      title: achievement.name,
      again: { path: `/my/badges/${badge.id}` },
      ...(newLink && { head: copyScript(t) }),
      body: html`${newLink && newLinkNotice(newLink, t)}${portrait(badge, t)}
${badge.claim === 'claimed' ? controls(facts, t) : part('claim', t.say(badge.claim === 'declined' ? 'declined.heading' : 'claim.heading'), unclaimed(facts, t))}${badge.claim !== 'declined' && part('files', t.say('files.heading'), mainFiles(badge, t))}${naming(facts, t)}${part('history', t.say('history.heading'), history(facts.history, badge.view.timeZone, t))}`,
    },
    t,
  )
}

function naming({ badge, naming, ...facts }: MyBadgeFacts, t: Words): Html | undefined {
  if (!naming || badge.claim === 'declined') return undefined
  const needs = { ...facts, naming, badgeId: badge.id, timeZone: badge.view.timeZone }
  return part('name', t.say('nameFix.heading'), nameFix(needs, t))
}

function portrait(badge: HolderBadge, t: Words): Html {
  const { view } = badge
  return html`<article class="portrait wide">
${picture(view.links.image, view.achievement.pictureAlt, 320, inPortrait)}
<div class="name"><p class="eyebrow"><a href="/my/badges">${t.say('my.title')}</a></p>
<h1>${inLanguage(view.achievement.name, view.achievement, t)}</h1></div>
<div class="rest"><p class="lead">${holderState(badge, t)}</p>
${stateTag(view, t)}${badge.renewedBy ? undefined : stateMeaning(view, t)}${renewal(badge, t)}${pairs(
  [
    [t.say('badge.earnedOn'), day(view.earnedOn, t)],
    [
      t.say('badge.validUntil'),
      view.expiresOn === undefined ? html`${t.say('badge.endless')}` : day(view.expiresOn, t),
    ],
    [t.say('badge.number'), code(view.certificationNumber)],
  ],
)}${badge.visibility === 'public' && html`\n<p>${link(view.links.page, t.say('my.open'))}</p>`}</div>
</article>`
}

/** Links to the owner's badge that this one renews, or that renews it. */
function renewal({ renewedBy, renews }: HolderBadge, t: Words): Html {
  const at = (id: string, words: Word) => html`<a href="/my/badges/${id}">${t.say(words)}</a>`
  return html`${
    renewedBy &&
    html`<p>${rich(t, 'state.renewed', { link: at(renewedBy.id, 'state.renewed.link'), day: day(renewedBy.expiresOn, t) })}</p>\n`
  }${
    renews &&
    html`<p>${rich(t, 'state.renews', { link: at(renews.id, 'state.renews.link'), day: day(renews.earnedOn, t) })}</p>\n`
  }`
}

function controls(facts: MyBadgeFacts, t: Words): Html {
  return html`${part('share-it', t.say('sharing.heading'), shareIt(facts.badge, facts, t))}${part('privacy', t.say('privacyForm.heading'), privacyForm(facts.badge, facts, t))}${part('share', t.say('share.heading'), sharing(facts.badge, facts, t))}`
}

function unclaimed(facts: MyBadgeFacts, t: Words): Html {
  const { badge, preselected } = facts
  const action = `/my/badges/${badge.id}/claim`
  if (badge.claim === 'open')
    return html`<p class="lead">${t.say('claim.lead')}</p>
${claimForms({ ...facts, ...badge, action, preselected }, t)}`
  const declined = html`<p class="lead">${t.say('declined.text')}</p>
`
  if (badge.undoUntil === null)
    return html`${declined}<p>${t.say('declined.late')} <a href="/help#ask">${t.say('help.ask')}</a></p>`
  return html`${declined}${claimForms({ ...facts, ...badge, action, preselected, declined: true }, t)}`
}

function day(date: string, t: Words): Html {
  return html`<time datetime="${date}">${t.day(date)}</time>`
}
