import type { Badge } from '../../domain/badge/badge.ts'
import {
  type BadgeMailKind,
  type Delivery,
  isMailAddress,
  type MailState,
  messageIdOf,
} from '../../domain/holders/mail.ts'
import { mailOf } from '../../domain/holders/mail-keys.ts'
import type { Job } from '../../domain/work/job.ts'
import type { Handed } from '../../mails/handed.ts'
import type { Mail } from '../../mails/mailer.ts'
import { Problem } from '../../problem.ts'
import { findAccount } from '../../storage/accounts/accounts.ts'
import { findHolderEmail } from '../../storage/badges/holder-badges.ts'
import { findDelivery, keepDelivery } from '../../storage/mails/mails.ts'
import { planNextReminder } from '../support/plan-mails.ts'
import type { Tools } from '../tools/tools.ts'
import type { Mailed, Recipient } from './due-mail.ts'
import { findMailed, overtaken, whyNot } from './due-mail.ts'
import { writeBadgeMail } from './write-mail.ts'

/**
 * Sends the mail of a job. A mail that is still due goes to the holder's present addresses; its outcome is stored. Safe
 * to repeat: an address gets no second mail. Throws `unavailable` when a server did not accept a mail yet.
 */
export async function sendMail(
  tools: Tools,
  job: Pick<Job, 'key'>,
  signal?: AbortSignal,
): Promise<void> {
  const planned = mailOf(job)
  const { kind } = planned
  const mailed = await findMailed(tools, planned.badge)
  // The badge was a reservation that was dropped, so its ids were never published.
  if (!mailed) return
  const { badge } = mailed
  // First, so that a reminder that cannot be sent does not end its series.
  if (isReminded(kind, mailed)) await planNextReminder(tools, badge, kind)
  const why = whyNot(tools, kind, mailed) ?? (await overtaken(tools, planned))
  const to = why === undefined ? await recipientsOf(tools, kind, badge) : []
  const about = { job: job.key, kind, badgeId: badge.id, accountId: badge.accountId }
  const reason = why ?? 'There is no address that mail can be sent to.'
  if (to.length === 0) return keepSkipped(tools, about, reason)
  const failures: unknown[] = []
  for (const recipient of to)
    await sendOnce(tools, { ...about, email: recipient.email }, signal, () =>
      writeBadgeMail(tools, { kind, recipient, ...mailed }),
    ).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}

/** Whether the badge may be due for a later reminder of the series. A change that makes it due again plans anew. */
function isReminded(kind: BadgeMailKind, { badge, renewed }: Mailed): boolean {
  if (badge.revokedAt) return false
  if (kind.startsWith('claim-')) return !badge.claimedAt && !badge.declinedAt
  return kind.startsWith('expires-') && !renewed
}

/** Unclaimed: the address in the exam system. Claimed: the main address, and on the last day every other one, too. */
async function recipientsOf(
  { db }: Tools,
  kind: BadgeMailKind,
  badge: Badge,
): Promise<Recipient[]> {
  return (await addressesOf(db, kind, badge)).filter(({ email }) => isMailAddress(email))
}

async function addressesOf(db: Tools['db'], kind: string, badge: Badge): Promise<Recipient[]> {
  if (badge.accountId === null) {
    const email = await findHolderEmail(db, badge)
    return email === undefined ? [] : [{ email, whose: 'candidate' }]
  }
  const account = await findAccount(db, badge.accountId)
  const all = account?.addresses ?? []
  return all
    .filter(({ main }) => main || kind === 'expires-0')
    .map(({ email, main }) => ({ email, whose: main ? 'main' : 'other' }))
}

/** What a mail is about, as its record has it. */
export type About = Pick<Delivery, 'kind' | 'badgeId' | 'accountId'> & { job: string }

/**
 * Sends one mail and stores its outcome. If the process dies after the server accepted the mail and before that is on
 * record, the mail is sent again under the same Message-ID: SMTP offers no stronger guarantee.
 */
export async function sendOnce(
  tools: Tools,
  about: About & { email: string },
  signal: AbortSignal | undefined,
  write: () => Promise<Omit<Mail, 'messageId' | 'date'>>,
): Promise<void> {
  const { db, mailer, now } = tools
  const messageId = messageIdOf(about.job, about.email, hostOf(tools))
  const before = await findDelivery(db, messageId)
  if (before?.state === 'sent' || before?.state === 'bounced') return
  const mail = { ...(await write()), messageId, date: now() }
  const handed = await mailer.send(mail, signal).catch((error: unknown) => ({ error }))
  if (!('error' in handed)) return keep(tools, { ...about, messageId }, handed)
  if (handed.error instanceof Problem)
    await keep(tools, { ...about, messageId }, { state: 'failed', answer: handed.error.message })
  throw handed.error
}

async function keepSkipped(tools: Tools, about: About, answer: string) {
  const messageId = messageIdOf(about.job, '', hostOf(tools))
  await keep(tools, { ...about, email: null, messageId }, { state: 'skipped', answer })
}

type Kept = About & { email: string | null; messageId: string }

async function keep(
  { db, now }: Tools,
  { kind, badgeId, accountId, email, messageId }: Kept,
  { state, answer }: { state: MailState; answer: Handed['answer'] },
) {
  const at = now()
  const bouncedAt = state === 'bounced' ? at : null
  const of = { kind, badgeId, accountId, email, messageId }
  await keepDelivery(db, { ...of, state, answer, at, bouncedAt })
}

function hostOf({ addresses }: Pick<Tools, 'addresses'>) {
  return new URL(addresses.origin).hostname
}
