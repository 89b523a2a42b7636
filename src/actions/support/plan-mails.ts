import type { Badge } from '../../domain/badge/badge.ts'
import type { EventKind, OnceKind } from '../../domain/holders/mail.ts'
import { claimReminderDays, claimRemindersOf, remindersOf } from '../../domain/holders/reminders.ts'
import { cancelJobs, findBegun, findWaiting, type Plan, planJobs } from '../../storage/jobs/jobs.ts'
import type { Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'now' | 'programmes'>

/** Plans the mail about what happens to a badge once; it is planned once, whatever happens. */
export async function planMail(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  badgeId: string,
  kind: OnceKind,
): Promise<void> {
  await planJobs(db, [mail(badgeId, kind, now())], now())
}

/**
 * Plans the mail about an event, which may happen to a badge again: one for each. The number of its line in the audit log, written in
 * the same transaction, names the event, so that a crash leaves both or neither.
 */
export async function planEventMail(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  { badgeId, kind, event }: { badgeId: string; kind: EventKind; event: number },
): Promise<void> {
  const { key, payload, ...plan } = mail(badgeId, kind, now())
  await planJobs(db, [{ ...plan, key: `${key}:${event}`, payload: { ...payload, event } }], now())
}

/** Plans what reminds a holder of the expiry of a badge that is not renewed; what is past already is left out. */
export async function planReminders(tools: Needs, badge: Badge): Promise<void> {
  await planJobs(tools.db, await remindersFor(tools, badge), tools.now())
}

/** Plans what reminds a candidate to claim a badge; what is past already is left out. */
export async function planClaimReminders(tools: Needs, badge: Badge): Promise<void> {
  const { db, programmes, now } = tools
  const version = await programmes.at(db, badge.programmeVersion)
  const { timeZone } = (version ?? programmes.current()).programme
  const plans = claimRemindersOf(badge.issuedAt ?? now(), timeZone)
    .filter(({ runAt }) => runAt >= now())
    .map(({ kind, runAt }) => mail(badge.id, kind, runAt))
  await planJobs(db, plans, now())
}

/** Takes back what reminds a candidate to claim a badge: it is claimed, declined or revoked. */
export async function cancelClaimReminders(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  badgeId: string,
): Promise<void> {
  const keys = claimReminderDays.map((days) => mailKey(badgeId, `claim-${days}`))
  await cancelJobs(db, keys, now())
}

/**
 * Holds the reminders of badges against what they must be: badges that live and are not renewed are reminded of, others are not.
 * Those that are not signed yet get theirs when they are.
 */
export async function keepReminders(
  tools: Needs,
  badges: Badge[],
  live: ReadonlySet<string>,
): Promise<void> {
  const issued = badges.filter(({ issuedAt }) => issuedAt !== null)
  const renewed = new Set(badges.filter(({ id }) => live.has(id)).map(({ renews }) => renews))
  const plans: Plan[] = []
  const over: string[] = []
  const reminded = new Set<string>()
  for (const badge of issued) {
    const due = live.has(badge.id) && !renewed.has(badge.id)
    if (due) plans.push(...(await remindersNow(tools, badge)))
    const keys = reminderKeys(badge)
    over.push(...keys)
    if (due) for (const key of keys) reminded.add(key)
  }
  const waiting = await findWaiting(tools.db, over)
  const wanted = new Set(plans.map(({ key }) => key))
  const changed = plans.filter(({ key, runAt }) => waiting.get(key)?.runAt !== runAt)
  await planJobs(tools.db, changed, tools.now())
  await cancelJobs(
    tools.db,
    [...waiting]
      // What is due, or is tried again since it failed, still goes out: its time is past, and so it is in no plan.
      .filter(([key, { runAt, attempts }]) => {
        const underway = attempts > 0 || runAt <= tools.now()
        return !wanted.has(key) && !(reminded.has(key) && underway)
      })
      .map(([key]) => key),
    tools.now(),
  )
}

/** Takes back what reminds of the last day that a badge had before it was corrected. */
export async function cancelReminders(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  before: Badge,
): Promise<void> {
  await cancelJobs(db, reminderKeys(before), now())
}

/** The key of a reminder, and the one that it has where it went out before for another last day. */
function reminderKeys({ id, expiresOn }: Badge): string[] {
  const keys = remindersOf(expiresOn, 'UTC').map(({ kind }) => mailKey(id, kind))
  return [...keys, ...keys.map((key) => `${key}:${expiresOn}`)]
}

/** The reminders that are still to come. One that went out earlier, before the last day was corrected, goes out again for the new day. */
async function remindersNow(tools: Needs, badge: Badge): Promise<Plan[]> {
  const plans = await remindersFor(tools, badge)
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

async function remindersFor({ db, programmes, now }: Needs, badge: Badge): Promise<Plan[]> {
  const version = await programmes.at(db, badge.programmeVersion)
  if (!version) return []
  return remindersOf(badge.expiresOn, version.programme.timeZone)
    .filter(({ runAt }) => runAt >= now())
    .map(({ kind, runAt }) => mail(badge.id, kind, runAt))
}

function mail(badgeId: string, kind: string, runAt: string): Plan {
  return { kind: 'mail', key: mailKey(badgeId, kind), payload: { badge: badgeId, kind }, runAt }
}

/** What the job of a mail is known by: there is one of a kind for a badge. */
export function mailKey(badgeId: string, kind: string) {
  return `mail:${badgeId}:${kind}`
}
