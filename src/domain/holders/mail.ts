import { createHash } from 'node:crypto'
import { type Badge, isExpired } from '../badge/badge.ts'
import { addressMistake } from '../people/mail-address.ts'
import { claimReminderDays, type ReminderKind, reminderDays } from './reminders.ts'

/** What happens to a badge at most once. */
export type OnceKind = 'earned' | 'renewed' | 'revoked'

/** What may happen to a badge many times: each time is an event with its own mail. */
export type EventKind = 'suspended' | 'reinstated' | 'corrected' | 'renamed'

/** The events of which a holder is informed. */
export type MailKind = OnceKind | EventKind

/** The action, as the audit log names it, that makes the mail of an earlier event out of date. */
export const overtakenBy: Record<EventKind, string> = {
  suspended: 'badge.reinstated',
  reinstated: 'badge.suspended',
  corrected: 'badge.reissued',
  renamed: 'badge.renamed',
}

/** Every mail about a badge, including reminders: `claim-3`, `expires-90`. */
export type BadgeMailKind = MailKind | ReminderKind

/** A mail that carries a requested link. */
export type LinkMailKind = 'sign-in' | 'address'

/** Whether jobs of a kind mail links. Their payload has an address, which is deleted when the job ends. */
export function isLinkMail(kind: string): kind is LinkMailKind {
  return kind === 'sign-in' || kind === 'address'
}

export const badgeMailKinds: readonly BadgeMailKind[] = [
  'earned',
  ...claimReminderDays.map((days) => `claim-${days}` as const),
  'renewed',
  'revoked',
  'suspended',
  'reinstated',
  'corrected',
  'renamed',
  ...reminderDays.map((days) => `expires-${days}` as const),
]

/** `bounced` is permanent; `failed` is tried again while its job is. */
export type MailState = 'sent' | 'failed' | 'bounced' | 'skipped'

/** The outcome of one mail to one address; no address if no mail was addressed. Instants are ISO with `Z`. */
export type Delivery = {
  badgeId: string | null
  accountId: string | null
  kind: BadgeMailKind | LinkMailKind
  email: string | null
  state: MailState
  messageId: string
  at: string
  /** The mail server's answer, or why no mail was sent; without addresses. */
  answer: string
  bouncedAt: string | null
}

type Facts = {
  badge: Badge
  /** Whether an unrevoked badge renews this one. */
  renewed: boolean
  now: string
  timeZone: string
}

/**
 * Why a mail must not be sent now, as a sentence; undefined when it is due. The badge may have changed since it was
 * planned.
 */
export function notDue(kind: BadgeMailKind, facts: Facts): string | undefined {
  const { badge, now } = facts
  if (!badge.issuedAt) return 'The badge is not issued.'
  if (badge.declinedAt) return 'The candidate declined the badge.'
  if (kind === 'revoked') return badge.revokedAt ? undefined : 'The badge is not revoked.'
  if (badge.revokedAt) return 'The badge is revoked.'
  if (kind === 'suspended') return badge.suspendedAt ? undefined : 'The badge is not under review.'
  if (kind === 'corrected' || kind === 'renamed') return undefined
  if (kind.startsWith('expires-')) return noReminder(kind, facts)
  if (badge.suspendedAt) return 'The badge is under review.'
  if (!kind.startsWith('claim-')) return undefined
  if (badge.claimedAt) return 'The badge is claimed.'
  return isExpired(badge, now) ? 'The badge is expired.' : undefined
}

// A late reminder gives way to the next one. The last one is useful for another week.
const lastReminderDay = -7

function noReminder(kind: BadgeMailKind, { badge, renewed, now, timeZone }: Facts) {
  if (renewed) return 'The badge is renewed.'
  const days = Number(kind.slice('expires-'.length))
  const next = reminderDays.find((each) => each < days) ?? lastReminderDay - 1
  const left = daysLeft(badge, { now, timeZone })
  // The last day was corrected to a later one after this was planned.
  if (left > days) return 'It is too early for this reminder.'
  return left > next ? undefined : 'It is too late for this reminder.'
}

/** Days until the last day of a badge, in the programme's zone; 0 on that day. */
export function daysLeft(
  { expiresOn }: Pick<Badge, 'expiresOn'>,
  { now, timeZone }: { now: string; timeZone: string },
): number {
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone).toPlainDate()
  return today.until(Temporal.PlainDate.from(expiresOn)).days
}

/** The Message-ID of the mail that a job sends to an address: the same on every run of the job. */
export function messageIdOf(job: string, email: string, host: string): string {
  const hash = createHash('sha256').update(`${job}\n${email}`).digest('hex').slice(0, 40)
  return `<${hash}@${host}>`
}

/** Whether mail can be sent to an address: a single plain one, so that no part of it is read as a header or a list. */
export function isMailAddress(email: string): boolean {
  return addressMistake(email) === undefined
}

/** A mail server's answer, safe to store: one line, without addresses, at most 200 characters. */
export function safeAnswer(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').replace(/\S+@\S+/g, '(an address)')
  return line.trim().slice(0, 200)
}
