/** Days since 1970, and nothing else: the model has its own calendar, so that it does not share a mistake with the service's. */

/** The day number of `2026-11-22`. */
export function dayNumber(text: string): number {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return Date.UTC(year, month - 1, day) / 86_400_000
}

/** The text of a day number. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** The day that an instant falls on, in a zone. */
export function dayIn(instant: string, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(
    new Date(instant),
  )
  return dayNumber(parts)
}

/** A day, moved by `P2Y` or `P30D`; a day that the month has not becomes its last. */
export function moved(day: number, duration: string, sign: 1 | -1 = 1): number {
  const [, count = '0', unit] = /^P(\d+)([DY])$/.exec(duration) ?? []
  if (unit === 'D') return day + sign * Number(count)
  const [year = 0, month = 0, date = 0] = dayText(day).split('-').map(Number)
  const leap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
  const target = year + sign * Number(count)
  const clamped = month === 2 && date === 29 && !leap(target) ? 28 : date
  return Date.UTC(target, month - 1, clamped) / 86_400_000
}
