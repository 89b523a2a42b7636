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

/** A day, moved by `P2Y`, `P18M` or `P30D`; a day that the month has not becomes its last. */
export function moved(day: number, duration: string, sign: 1 | -1 = 1): number {
  const [, count = '0', unit] = /^P(\d+)([DMY])$/.exec(duration) ?? []
  if (unit === 'D') return day + sign * Number(count)
  const [year = 0, month = 0, date = 0] = dayText(day).split('-').map(Number)
  const target = year * 12 + month - 1 + sign * Number(count) * (unit === 'Y' ? 12 : 1)
  const last = Date.UTC(Math.floor(target / 12), (target % 12) + 1, 0) / 86_400_000
  const lastDate = Number(dayText(last).slice(8))
  return last - lastDate + Math.min(date, lastDate)
}
