import { badgeState } from '../../domain/badge/badge.ts'
import { type BadgeMailKind, daysLeft, type LinkMailKind } from '../../domain/holders/mail.ts'
import { findAchievement, type ProgrammeVersion } from '../../domain/programme/programme.ts'
import { type BadgeMail, badgeMail } from '../../mails/badge-mail.ts'
import { linkMail } from '../../mails/link-mail.ts'
import type { Mail, Mailbox } from '../../mails/mailer.ts'
import { findHolderLocale } from '../../storage/badges/holder-badges.ts'
import { chooseLanguage } from '../../words/languages.ts'
import type { Words } from '../../words/words.ts'
import { pictureOf } from '../showing/show-files.ts'
import { makeMailLink } from '../support/mail-links.ts'
import type { Tools } from '../tools/tools.ts'
import type { Mailed, Recipient } from './due-mail.ts'

type Written = Omit<Mail, 'messageId' | 'date'>
type LinkWish = { kind: LinkMailKind; email: string; accountId?: string; lang?: string }
type Wish = Mailed & { kind: BadgeMailKind; recipient: Recipient }

/** Writes a mail about a badge in its holder’s language, with a new claim link while the badge is unclaimed. */
export async function writeBadgeMail(tools: Tools, wish: Wish): Promise<Written> {
  const { kind, recipient, badge, version } = wish
  const { timeZone, language } = version.programme
  const achievement = findAchievement(version.programme, badge.achievement)
  if (!achievement) throw new Error(`badge ${badge.id} has no achievement`)
  const name = badge.holder.fullName
  const renewFrom = renewalOpens(tools, wish)
  const locale = await findHolderLocale(tools.db, badge)
  const t = chooseLanguage(locale === undefined ? [] : [locale])
  const facts: BadgeMail = {
    kind,
    ...recipient,
    name,
    achievement: { name: achievement.name, pictureAlt: achievement.pictureAlt, language },
    certificationNumber: badge.certificationNumber,
    state: badgeState(badge, tools.now()),
    revokedClass: badge.revokedClass,
    visibility: badge.visibility,
    expiresOn: badge.expiresOn,
    daysLeft: daysLeft(badge, { now: tools.now(), timeZone }),
    ...(renewFrom !== undefined && { renewFrom }),
    link: await linkFor(tools, wish),
    sender: tools.programmes.current().programme.issuer,
  }
  return {
    ...frameOf(tools, { name, address: recipient.email }, t),
    ...badgeMail(t, facts),
    picture: await pictureOf(tools, { badge, version }),
  }
}

/** Writes a mail with a requested link, in the language of the page where it was requested. */
export async function writeLinkMail(
  tools: Tools,
  { kind, email, accountId, lang = '' }: LinkWish,
): Promise<Written> {
  const { url } = await makeMailLink(tools, {
    purpose: kind,
    email,
    ...(accountId && { accountId }),
  })
  const sender = tools.programmes.current().programme.issuer
  const t = chooseLanguage([lang])
  return {
    ...frameOf(tools, { name: '', address: email }, t),
    ...linkMail(t, { kind, email, url, sender }),
  }
}

function frameOf({ mailer, programmes }: Tools, to: Mailbox, { lang }: Words) {
  const { name, email } = programmes.current().programme.issuer
  const from = mailer.from ?? { name, address: email }
  return {
    lang,
    from: { name: from.name || name, address: from.address },
    to,
    replyTo: { name, address: email },
  }
}

async function linkFor(tools: Tools, { recipient, badge, version, kind }: Wish) {
  if (recipient.whose !== 'candidate' || kind === 'revoked')
    return { url: tools.addresses.myBadge(badge.id) }
  const { email } = recipient
  const { url, expiresAt } = await makeMailLink(tools, {
    purpose: 'claim',
    email,
    badgeId: badge.id,
  })
  const { timeZone } = version.programme
  const until = Temporal.Instant.from(expiresAt).toZonedDateTimeISO(timeZone).toPlainDate()
  return { url, until: until.toString() }
}

/** The day from which a pass renews, if it is still to come and an earlier pass would not renew. */
function renewalOpens({ now }: Tools, { badge, version }: Wish): string | undefined {
  const rules = renewalRules(version, badge.achievement)
  if (!rules || rules.passOutsideWindow === 'accept') return undefined
  const opens = Temporal.PlainDate.from(badge.expiresOn).subtract(rules.renewalWindow)
  const today = Temporal.Instant.from(now()).toZonedDateTimeISO(version.programme.timeZone)
  return Temporal.PlainDate.compare(today.toPlainDate(), opens) < 0 ? opens.toString() : undefined
}

function renewalRules({ programme }: ProgrammeVersion, achievement: string) {
  return findAchievement(programme, achievement)?.renewal
}
