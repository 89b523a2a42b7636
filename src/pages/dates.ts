const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `2026-11-22` -> `22 November 2026`. A calendar date has no zone, so none is asked. */
export function longDate(date: string): string {
  const { year, month, day } = Temporal.PlainDate.from(date)
  return `${day} ${months[month - 1]} ${year}`
}

/** The calendar date, `2026-11-22`, that it is in `timeZone` at `instant`. */
export function dateIn(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** An instant on the clock of `timeZone`, with the zone's name: `22 November 2026, 21:08 (Asia/Shanghai)`. */
export function instantText(
  instant: string,
  timeZone: string,
  precision: 'minute' | 'second' = 'minute',
): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone)
  const clock = local.toPlainTime().toString({ smallestUnit: precision, roundingMode: 'trunc' })
  return `${longDate(local.toPlainDate().toString())}, ${clock} (${timeZone})`
}

/** An ISO 8601 duration in words: `P2Y` -> `2 years`; nothing for no time. */
export function durationText(duration: string): string {
  const lasting = Temporal.Duration.from(duration)
  const parts = units.filter((unit) => lasting[unit] !== 0)
  return listText(parts.map((unit) => durations.format({ [unit]: lasting[unit] })))
}

const units = ['years', 'months', 'weeks', 'days'] as const
const durations = new Intl.DurationFormat('en', { style: 'long' })
const lists = new Intl.ListFormat('en', { type: 'conjunction' })

/** Names as a reader says them: `one, two, and three`. */
export function listText(names: string[]): string {
  return lists.format(names)
}
