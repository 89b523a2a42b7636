import type { BadgeMailKind } from '../../src/domain/holders/mail.ts'
import { badgeMailKinds } from '../../src/domain/holders/mail.ts'
import { type BadgeMail, badgeMail } from '../../src/mails/badge-mail.ts'
import type { MailText } from '../../src/mails/frame.ts'
import { linkMail } from '../../src/mails/link-mail.ts'
import { languagesOf } from '../../src/words/languages.ts'
import { english, type Words } from '../../src/words/words.ts'

const sender = {
  name: 'Northwind Cloud Certification',
  url: 'https://certification.northwind.example',
  email: 'certification@northwind.example',
}
const claimLink = {
  url: 'https://badges.example.test/claim/Q0rRZcXyTtPq4nXb1m2Jd8vWkLhYgAeUoIsFzNcBxMw',
  until: '2026-12-06',
}
const ownLink = {
  url: 'https://badges.example.test/my/badges/0b8f4f0e-5d0c-4a53-9a55-2f6f4f1f7c11',
}

/** A mail about a badge of 张伟, who has not claimed it. */
export function sample(kind: BadgeMailKind, changes: Partial<BadgeMail> = {}): BadgeMail {
  return {
    kind,
    email: 'zhang.wei@example.com',
    whose: 'candidate',
    name: '张伟',
    achievement: {
      name: 'Northwind Cloud Practitioner',
      pictureAlt: 'Northwind Cloud Practitioner badge',
      language: 'en',
    },
    certificationNumber: 'NWC-AXBX-X2FA-PA',
    state: 'valid',
    revokedClass: null,
    visibility: 'private',
    expiresOn: '2028-11-22',
    daysLeft: 731,
    link: claimLink,
    sender,
    ...changes,
  }
}

const claimed: Partial<BadgeMail> = { whose: 'main', visibility: 'public', link: ownLink }

/** What each kind looks like in the usual case, and in every other that has words of its own. */
const usual: Partial<Record<BadgeMailKind, Partial<BadgeMail>>> = {
  revoked: { state: 'revoked', revokedClass: 'withdrawn', link: ownLink },
  suspended: { state: 'suspended', ...claimed },
  reinstated: claimed,
  corrected: claimed,
  renamed: claimed,
  'expires-90': { ...claimed, daysLeft: 90, renewFrom: '2028-09-23' },
  'expires-60': { ...claimed, daysLeft: 60 },
  'expires-30': { ...claimed, daysLeft: 30 },
  'expires-7': { ...claimed, daysLeft: 7 },
  'expires-0': { ...claimed, daysLeft: 0 },
}
const others: Record<string, BadgeMail> = {
  'earned-shown': sample('earned', { visibility: 'public' }),
  'earned-expired': sample('earned', { state: 'expired', expiresOn: '2025-03-14', daysLeft: -618 }),
  'revoked-corrected': sample('revoked', { ...usual.revoked, revokedClass: 'corrected' }),
  'revoked-superseded': sample('revoked', { ...usual.revoked, revokedClass: 'superseded' }),
  'suspended-unclaimed': sample('suspended', { state: 'suspended' }),
  'expires-7-late': sample('expires-7', { ...claimed, daysLeft: 1 }),
  'expires-0-late': sample('expires-0', { ...claimed, state: 'expired', daysLeft: -2 }),
  'expires-0-other-address': sample('expires-0', {
    ...usual['expires-0'],
    whose: 'other',
    email: 'zw@example.net',
  }),
  'earned-arabic': sample('earned', { name: 'محمد بن علي', email: 'm@example.com' }),
  'earned-long': sample('earned', {
    name: 'Wilhelmina Adelheid von Hohenzollern-Sigmaringen',
    achievement: {
      name: 'Northwind Cloud Solutions Architect Professional, Specialty in Advanced Networking',
      pictureAlt: 'A badge',
      language: 'en',
    },
  }),
}

/** Every mail by its name, in one language. */
export function allMails(words: Words = english): Map<string, MailText> {
  const mails = new Map<string, MailText>()
  for (const kind of badgeMailKinds)
    mails.set(kind, badgeMail(words, sample(kind, usual[kind] ?? {})))
  for (const [name, mail] of Object.entries(others)) mails.set(name, badgeMail(words, mail))
  const email = 'zhang.wei@example.com'
  for (const kind of ['sign-in', 'address'] as const) {
    const url = claimLink.url.replace('/claim/', `/${kind}/`)
    mails.set(kind, linkMail(words, { kind, email, url, sender }))
  }
  return mails
}

/** The same in every language that mails are written in; a name ends with the language, where it is not English. */
export function mailsOfLanguages(): Map<string, MailText> {
  return new Map(
    languagesOf().flatMap((words) =>
      [...allMails(words)].map(([name, mail]): [string, MailText] => [
        words === english ? name : `${name}.${words.lang}`,
        mail,
      ]),
    ),
  )
}
