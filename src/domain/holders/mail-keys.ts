import type { BadgeMailKind } from './mail.ts'

/** What the job of a mail sends: `event` is the audit line of the event, for kinds that may repeat. */
export type PlannedMail = { badge: string; kind: BadgeMailKind; event?: number }

/** The key of a mail's job: one for each kind and badge, and each event. */
export function mailKey({ badge, kind, event }: PlannedMail): string {
  return ['mail', badge, kind, ...(event === undefined ? [] : [event])].join(':')
}

/** The mail of a job. What follows the kind in its key, and is no number, says which time a mail is sent again. */
export function mailOf({ key }: { key: string }): PlannedMail {
  const [, badge = '', kind, event = ''] = key.split(':')
  const planned = { badge, kind: kind as BadgeMailKind }
  return /^\d+$/.test(event) ? { ...planned, event: Number(event) } : planned
}
