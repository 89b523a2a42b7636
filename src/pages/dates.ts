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

/** An ISO 8601 duration in words: `P2Y` -> `2 years`. */
export function durationText(duration: string): string {
  const { years, months, weeks, days } = Temporal.Duration.from(duration)
  return [count(years, 'year'), count(months, 'month'), count(weeks, 'week'), count(days, 'day')]
    .filter((part) => part !== '')
    .join(' and ')
}

function count(amount: number, unit: string): string {
  if (amount === 0) return ''
  return amount === 1 ? `1 ${unit}` : `${amount} ${unit}s`
}
