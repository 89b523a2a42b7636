import { createHash } from 'node:crypto'
import { type Badge, isExpired } from '../badge/badge.ts'
import { addressMistake } from '../people/mail-address.ts'
import { claimReminderDays, reminderDays } from './reminders.ts'

/** What happens to a badge once at the most. */
export type OnceKind = 'earned' | 'renewed' | 'revoked'

/** What may happen to a badge many times: each time is an event with a mail of its own. */
export type EventKind = 'suspended' | 'reinstated' | 'corrected' | 'renamed'

/** What a holder is told of when it happens. */
export type MailKind = OnceKind | EventKind

/** What must have happened to a badge since, as the audit log says it, so that the mail of an event would be out of date. */
export const overtakenBy: Record<EventKind, string> = {
  suspended: 'badge.reinstated',
  reinstated: 'badge.suspended',
  corrected: 'badge.reissued',
  renamed: 'badge.renamed',
}

/** Every mail about a badge, with the reminders: `claim-3`, `expires-90`. */
export type BadgeMailKind =
  | MailKind
  | `claim-${(typeof claimReminderDays)[number]}`
  | `expires-${(typeof reminderDays)[number]}`

/** A mail that carries a link somebody asked for. */
export type LinkMailKind = 'sign-in' | 'address'

/** Whether jobs of a kind mail links: those know an address until they end. */
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

/** `bounced` is for good; `failed` is tried again while its job is. */
export type MailState = 'sent' | 'failed' | 'bounced' | 'skipped'

/** What became of one mail to one address; no address, where nobody was written to. Instants are ISO with `Z`. */
export type Delivery = {
  id: string
  badgeId: string | null
  accountId: string | null
  kind: BadgeMailKind | LinkMailKind
  email: string | null
  state: MailState
  messageId: string
  at: string
  /** What the mail server said, or why nothing was sent; without addresses. */
  answer: string
  bouncedAt: string | null
}

type Facts = {
  badge: Badge
  /** Whether a badge that lives renews this one. */
  renewed: boolean
  now: string
  timeZone: string
}

/** Why a mail must not go out now, as a sentence; nothing, when it is due. What was planned may have been overtaken. */
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

// A reminder that comes late gives way to the next one; the last one still makes sense for a week.
const lastWord = -7

function noReminder(kind: BadgeMailKind, { badge, renewed, now, timeZone }: Facts) {
  if (renewed) return 'The badge is renewed.'
  const days = Number(kind.slice('expires-'.length))
  const next = reminderDays.find((each) => each < days) ?? lastWord - 1
  const left = daysLeft(badge, { now, timeZone })
  // The last day was corrected to a later one after this was planned.
  if (left > days) return 'It is too early for this reminder.'
  return left > next ? undefined : 'It is too late for this reminder.'
}

/** How many days there are until the last day of a badge, in the programme's zone; on that day none. */
export function daysLeft(
  { expiresOn }: Pick<Badge, 'expiresOn'>,
  { now, timeZone }: { now: string; timeZone: string },
): number {
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone).toPlainDate()
  return today.until(Temporal.PlainDate.from(expiresOn)).days
}

/** The Message-ID of the mail that a job sends to an address: the same one, however often the job is run. */
export function messageIdOf(job: string, email: string, host: string): string {
  const hash = createHash('sha256').update(`${job}\n${email}`).digest('hex').slice(0, 40)
  return `<${hash}@${host}>`
}

/** Whether mail can be sent to an address: one, written plainly, so that nothing in it is taken for a header or a list. */
export function isMailAddress(email: string): boolean {
  return addressMistake(email) === undefined
}

/** What a mail server says, fit to keep: one line, without addresses, of a length that fits. */
export function safeAnswer(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').replace(/\S+@\S+/g, '(an address)')
  return line.trim().slice(0, 200)
}
