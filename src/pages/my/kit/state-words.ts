import type { BadgeView } from '../../../../schemas/view.ts'
import type { HolderBadge } from '../../../domain/holders/holder-view.ts'
import { dayOf } from '../../../domain/rules/attempt.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'
import { type Icon, icon } from '../../kit/icons.ts'
import { verdictWords } from '../../kit/verdict-words.ts'

/** A short word about a state, with its colour and shape. */
export function tag(tone: string, drawing: Icon, words: string): Html {
  return html`<span class="tag ${tone}">${icon(drawing)}${words}</span>`
}

/** The state of a badge in the words that employers read. Undefined for a valid badge. */
export function stateTag(view: BadgeView, t: Words): Html | undefined {
  if (view.status === 'valid') return undefined
  const verdict = verdictWords(view, undefined, t)
  return html`<p>${tag(verdict.tone, verdict.mark, verdict.words)}</p>
`
}

/** What the state of a badge means for its owner. Undefined for a valid badge. */
export function stateMeaning({ status }: BadgeView, t: Words): Html | undefined {
  if (status === 'valid') return undefined
  return html`<p>${t.say(`state.${status}`)} <a href="/help">${t.say('state.help')}</a></p>
`
}

/** The badge's state and settings in a line: `Public · 3 share links · valid until 22 November 2028`. */
export function holderState(badge: HolderBadge, t: Words): string {
  if (badge.claim === 'declined') return declinedWords(badge, t)
  const links = badge.shareLinks.filter(({ live }) => live).length
  return [
    t.say(badge.claim === 'open' ? 'claim.waiting' : `visibility.${badge.visibility}.short`),
    ...(links > 0 ? [t.say('share.count', { links })] : []),
    ...validWords(badge.view, t),
  ].join(' · ')
}

/** That the owner declined the badge, and until when they can still claim it. */
export function declinedWords({ undoUntil, view }: HolderBadge, t: Words): string {
  if (undoUntil === null) return t.say('declined')
  return t.say('declined.until', { day: t.day(dayOf(undoUntil, view.timeZone)) })
}

function validWords({ status, expiresOn }: BadgeView, t: Words): string[] {
  if (status !== 'valid') return []
  return [expiresOn ? t.say('state.valid.day', { day: t.day(expiresOn) }) : t.say('state.valid')]
}
