import { latestUsed } from '../work/latest-used.ts'

/** Days before the expiry on which the holder is reminded (programme rules, part 3). */
export const reminderDays = [90, 60, 30, 7, 0] as const

/** Days after the issue on which a candidate who has not claimed the badge is reminded (programme rules, part 6). */
export const claimReminderDays = [3, 14, 45] as const

export type ReminderKind =
  | `expires-${(typeof reminderDays)[number]}`
  | `claim-${(typeof claimReminderDays)[number]}`

type Reminder = { kind: ReminderKind; runAt: string }

/** When each expiry reminder of a badge is due: at 09:00 of its day, in the programme's zone. Instants with `Z`. */
export function remindersOf(expiresOn: string, timeZone: string): Reminder[] {
  const last = Temporal.PlainDate.from(expiresOn)
  return reminderDays.map((days) => ({
    kind: `expires-${days}` as const,
    runAt: nineOn(last.subtract({ days }), timeZone),
  }))
}

/** When each reminder to claim a badge is due: at 09:00 of its day, too. */
export function claimRemindersOf(issuedAt: string, timeZone: string): Reminder[] {
  const issued = Temporal.Instant.from(issuedAt).toZonedDateTimeISO(timeZone).toPlainDate()
  return claimReminderDays.map((days) => ({
    kind: `claim-${days}` as const,
    runAt: nineOn(issued.add({ days }), timeZone),
  }))
}

const known = latestUsed<string>(2000)

/** Badges of one day have the same days, and calendars are slow. */
function nineOn(day: Temporal.PlainDate, timeZone: string) {
  const key = `${day} ${timeZone}`
  const there = known.get(key)
  if (there) return there
  const at = day.toZonedDateTime({ timeZone, plainTime: '09:00' }).toInstant()
  const instant = at.toString({ fractionalSecondDigits: 3 })
  known.set(key, instant)
  return instant
}
