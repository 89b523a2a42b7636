import type { BadgeState, Visibility } from '../../schemas/badge.ts'
import type { RevocationClass } from '../domain/badge/badge.ts'
import type { BadgeMailKind } from '../domain/holders/mail.ts'
import { shownEmail } from '../domain/people/mail-address.ts'
import type { Words } from '../words/words.ts'
import { frame, type MailParts, type MailText, type Sender } from './frame.ts'

/** The facts of a mail about a badge. Dates are calendar days. */
export type BadgeMail = {
  kind: BadgeMailKind
  /**
   * The recipient's address, and its owner: a candidate as the exam system names them, or an account by its main or
   * another address.
   */
  email: string
  whose: 'candidate' | 'main' | 'other'
  name: string
  /** The programme's texts, in the programme's language. */
  achievement: { name: string; pictureAlt: string; language: string }
  certificationNumber: string
  state: BadgeState
  revokedClass: RevocationClass | null
  visibility: Visibility
  expiresOn: string
  /** The days until the last valid day; negative after it. */
  daysLeft: number
  /** The first day on which a pass renews the badge, if it is still to come. */
  renewFrom?: string
  /** The button's target, and the end of its validity when it is a link that expires. */
  link: { url: string; until?: string }
  sender: Sender
}

/** A mail about a badge in one language. No mail contains the score. */
export function badgeMail(words: Words, mail: BadgeMail): MailText {
  const { name: achievement, pictureAlt, language } = mail.achievement
  const group = groupOf(mail)
  const parts: MailParts = {
    subject: words.say(`mail.${group}.subject`, { achievement, days: mail.daysLeft }),
    name: mail.name,
    lead: words.say(`mail.${group}.lead`, {
      day: words.day(mail.expiresOn),
      days: mail.daysLeft,
      reason: mail.revokedClass ?? 'other',
    }),
    about: { title: achievement, language, facts: factsOf(words, mail) },
    picture: pictureAlt,
    button: buttonOf(words, mail),
    privacy: privacyOf(words, mail),
    why: whyOf(words, mail),
    sender: mail.sender,
  }
  const detail = detailOf(words, mail, group)
  return frame(words, detail === undefined ? parts : { ...parts, detail })
}

function groupOf({ kind, daysLeft }: BadgeMail) {
  if (kind === 'claim-45') return 'last-call'
  if (kind === 'claim-3' || kind === 'claim-14') return 'waiting'
  if (kind === 'expires-0' && daysLeft < 0) return 'ended'
  switch (kind) {
    case 'earned':
    case 'renewed':
    case 'revoked':
    case 'suspended':
    case 'reinstated':
    case 'corrected':
    case 'renamed':
      return kind
    default:
      return 'expires'
  }
}

type Group = ReturnType<typeof groupOf>

function factsOf(words: Words, { state, expiresOn, certificationNumber: number }: BadgeMail) {
  const until = words.say('mail.facts.until', {
    state: state === 'expired' ? 'expired' : 'other',
    day: words.day(expiresOn),
  })
  return [...(state === 'revoked' ? [] : [until]), words.say('mail.facts.number', { number })]
}

function detailOf(words: Words, mail: BadgeMail, group: Group): string | undefined {
  const { renewFrom, sender, certificationNumber: number } = mail
  if (group === 'revoked') return words.say('mail.revoked.detail', { email: sender.email, number })
  if (group === 'expires' && renewFrom !== undefined)
    return words.say('mail.expires.from', { day: words.day(renewFrom) })
  if (group === 'expires' && mail.daysLeft > 0) return words.say('mail.expires.detail')
  if (group === 'expires' || group === 'ended') return words.say('mail.ended.detail')
  if (
    group === 'suspended' ||
    group === 'corrected' ||
    group === 'renamed' ||
    group === 'last-call'
  )
    return words.say(`mail.${group}.detail`)
  return undefined
}

/** The holder of a revoked badge gets one button: to ask the issuer. */
function buttonOf(words: Words, { kind, whose, link, sender, certificationNumber }: BadgeMail) {
  if (kind === 'revoked') {
    const subject = encodeURIComponent(certificationNumber)
    const to = encodeURIComponent(sender.email).replace('%40', '@')
    return { label: words.say('mail.button.ask'), url: `mailto:${to}?subject=${subject}` }
  }
  const label = words.say(whose === 'candidate' ? 'mail.button.claim' : 'mail.button.see')
  return { label, url: link.url }
}

function privacyOf(words: Words, { kind, whose, visibility, link }: BadgeMail) {
  if (kind === 'revoked') return words.say('mail.privacy.revoked')
  if (whose !== 'candidate' || link.until === undefined) return words.say('mail.privacy.claimed')
  const shown = visibility === 'private' ? 'no' : 'yes'
  return words.say('mail.privacy.unclaimed', { shown, day: words.day(link.until) })
}

function whyOf(words: Words, { whose, email }: BadgeMail) {
  return words.say('mail.why.badge', { whose, email: shownEmail(email) })
}
