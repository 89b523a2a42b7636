import type { Badge } from '../../domain/badge/badge.ts'
import type { BadgeMailKind, EventKind, OnceKind } from '../../domain/holders/mail.ts'
import { mailKey } from '../../domain/holders/mail-keys.ts'
import { claimReminderDays, claimRemindersOf, remindersOf } from '../../domain/holders/reminders.ts'
import { cancelJobs, findBegun, findWaiting, type Plan, planJobs } from '../../storage/jobs/jobs.ts'
import type { Programmes, Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'now'> & { programmes: Pick<Programmes, 'at' | 'current'> }

/** Plans a mail that a badge causes at most once. */
export async function planMail(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  badgeId: string,
  kind: OnceKind,
): Promise<void> {
  await planJobs(db, [mail(badgeId, kind, now())])
}

/**
 * Plans the mail about an event that a badge may have several times: one mail for each. The event's number is that of
 * its line in the audit log, written in the same transaction, so that a crash leaves both or neither.
 */
export async function planEventMail(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  { badgeId, kind, event }: { badgeId: string; kind: EventKind; event: number },
): Promise<void> {
  const key = mailKey({ badge: badgeId, kind, event })
  await planJobs(db, [{ kind: 'mail', key, runAt: now() }])
}

/**
 * Plans the mails that follow from the issue of badges: the news, and the first reminders to claim it and before it
 * expires.
 */
export async function planMailsOfIssue(tools: Needs, badges: Badge[]): Promise<void> {
  const plans: Plan[] = []
  for (const badge of badges)
    plans.push(
      mail(badge.id, badge.renews ? 'renewed' : 'earned', tools.now()),
      ...comingOf(tools, await remindersFor(tools, badge)),
      ...comingOf(tools, await claimRemindersFor(tools, badge)),
    )
  await planJobs(tools.db, plans)
}

/** Plans the next reminder to claim a badge. */
export async function planClaimReminder(tools: Needs, badge: Badge): Promise<void> {
  const plans = comingOf(tools, await claimRemindersFor(tools, badge))
  await planJobs(tools.db, plans)
}

/**
 * Plans the reminder that follows one, whatever becomes of that one: a badge has the next reminder of each series
 * waiting, not all of them. Safe to repeat. Other mails have no successor.
 */
export async function planNextReminder(
  tools: Needs,
  badge: Badge,
  kind: BadgeMailKind,
): Promise<void> {
  const all = kind.startsWith('claim-')
    ? await claimRemindersFor(tools, badge)
    : await remindersFor(tools, badge)
  const place = all.findIndex(({ key }) => key === mailKey({ badge: badge.id, kind }))
  const next = place < 0 ? [] : all.slice(place + 1, place + 2)
  await planJobs(tools.db, await sentAgain(tools, badge, next))
}

/** The first reminder of a series whose time has not passed. */
function comingOf({ now }: Pick<Needs, 'now'>, series: Plan[]): Plan[] {
  return series.filter(({ runAt }) => runAt >= now()).slice(0, 1)
}

async function claimRemindersFor({ db, programmes, now }: Needs, badge: Badge): Promise<Plan[]> {
  const version = await programmes.at(db, badge.programmeVersion)
  const { timeZone } = (version ?? programmes.current()).programme
  return claimRemindersOf(badge.issuedAt ?? now(), timeZone).map(({ kind, runAt }) =>
    mail(badge.id, kind, runAt),
  )
}

/** Cancels the reminders to claim a badge, because it was claimed, declined or revoked. */
export async function cancelClaimReminders(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  badgeId: string,
): Promise<void> {
  const keys = claimReminderDays.map((days) => mailKey({ badge: badgeId, kind: `claim-${days}` }))
  await cancelJobs(db, keys, now())
}

/**
 * Brings the reminders of badges up to date: live badges that are not renewed have their next reminder, others have none.
 * Badges that are not signed yet get it at issue.
 */
export async function keepReminders(
  tools: Needs,
  badges: Badge[],
  live: ReadonlySet<string>,
): Promise<void> {
  const issued = badges.filter(({ issuedAt }) => issuedAt !== null)
  const renewed = new Set(badges.filter(({ id }) => live.has(id)).map(({ renews }) => renews))
  const plans: Plan[] = []
  const all: string[] = []
  const reminded = new Set<string>()
  for (const badge of issued) {
    const due = live.has(badge.id) && !renewed.has(badge.id)
    if (due) plans.push(...(await reminderNow(tools, badge)))
    const keys = reminderKeys(badge)
    all.push(...keys)
    if (due) for (const key of keys) reminded.add(key)
  }
  const waiting = await findWaiting(tools.db, all)
  const wanted = new Set(plans.map(({ key }) => key))
  const changed = plans.filter(({ key, runAt }) => waiting.get(key)?.runAt !== runAt)
  await planJobs(tools.db, changed)
  await cancelJobs(
    tools.db,
    [...waiting]
      // A job that is due, or is retried after a failure, stays: its time has passed, so no plan has it.
      .filter(([key, { runAt, attempts }]) => {
        const underway = attempts > 0 || runAt <= tools.now()
        return !wanted.has(key) && !(reminded.has(key) && underway)
      })
      .map(([key]) => key),
    tools.now(),
  )
}

/** Cancels the reminders of the last day that a badge had before its correction. */
export async function cancelReminders(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  before: Badge,
): Promise<void> {
  await cancelJobs(db, reminderKeys(before), now())
}

/** The keys of a badge's reminders, and those of reminders sent again after its last day was corrected. */
function reminderKeys({ id, expiresOn }: Badge): string[] {
  const keys = remindersOf(expiresOn, 'UTC').map(({ kind }) => mailKey({ badge: id, kind }))
  return [...keys, ...keys.map((key) => `${key}:${expiresOn}`)]
}

/** The next reminder. */
async function reminderNow(tools: Needs, badge: Badge): Promise<Plan[]> {
  return sentAgain(tools, badge, comingOf(tools, await remindersFor(tools, badge)))
}

/** A reminder that was sent before the last day was corrected is sent again for the new day. */
async function sentAgain(tools: Needs, badge: Badge, plans: Plan[]): Promise<Plan[]> {
  const begun = await findBegun(
    tools.db,
    plans.map(({ key }) => key),
  )
  return plans.map((plan) => {
    const wasDue = begun.get(plan.key)
    const again = wasDue !== undefined && wasDue < plan.runAt
    return again ? { ...plan, key: `${plan.key}:${badge.expiresOn}` } : plan
  })
}

async function remindersFor(
  { db, programmes }: Pick<Needs, 'db' | 'programmes'>,
  badge: Badge,
): Promise<Plan[]> {
  const version = await programmes.at(db, badge.programmeVersion)
  if (!version) return []
  return remindersOf(badge.expiresOn, version.programme.timeZone).map(({ kind, runAt }) =>
    mail(badge.id, kind, runAt),
  )
}

function mail(badgeId: string, kind: BadgeMailKind, runAt: string) {
  return { kind: 'mail', key: mailKey({ badge: badgeId, kind }), runAt }
}
