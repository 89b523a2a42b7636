import t from 'tap'
import { validity } from '../../src/domain/rules/validity.ts'
import { rest } from '../help/share.ts'
import { dayNumber, dayText, moved } from '../model/calendar.ts'

// East and west of everything, half and three-quarter hours, summer times that change at midnight, late in the evening, by half an hour.
const zones = [
  'Asia/Shanghai',
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Havana',
  'America/Scoresbysund',
]
const terms = ['P2Y', 'P1Y', 'P3Y', 'P18M', 'P6M', 'P1M', 'P90D']
const first = dayNumber('2020-01-01')
const days = 2922
const offsets = ['Z', '+08:00', '-11:00', '+14:00', '+05:45']

/** The clock of a zone at an instant in seconds, by the platform's own calendar: `2026-11-22 23:59:59`. */
function clockOf(timeZone: string) {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  return (seconds: number) => format.format(seconds * 1000)
}

/** An instant as exam platforms write it: any offset, with or without parts of a second. */
function written(seconds: number, offset: string) {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? []
  const shift = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1)
  const local = new Date((seconds + shift) * 1000).toISOString().slice(0, 19)
  return `${local}${seconds % 2 ? '.999' : ''}${offset}`
}

for (const [index, timeZone] of zones.entries())
  (index === 0 ? t : rest(t)).test(
    `every start day of eight years in ${timeZone}: the calendar’s day, and its last second`,
    async (t) => {
      const clock = clockOf(timeZone)
      let count = 0
      const wrong: string[] = []
      for (let day = first; day < first + days; day += 1)
        for (const hour of [0, 7, 12, 23]) {
          const ended = day * 86_400 + hour * 3600 + ((day * 61) % 3600)
          const endedAt = written(ended, offsets[count % offsets.length] ?? 'Z')
          const earnedOn = clock(ended).slice(0, 10)
          const term = hour === 12 ? 'P2Y' : (terms[count % terms.length] ?? 'P2Y')
          const anniversary = moved(dayNumber(earnedOn), term)
          for (const inclusiveEnd of ['sameDay', 'dayBefore'] as const) {
            const expiresOn = dayText(inclusiveEnd === 'sameDay' ? anniversary : anniversary - 1)
            const found = validity(endedAt, { timeZone, term, inclusiveEnd })
            const until = Date.parse(found.validUntil) / 1000
            count += 1
            const right =
              found.earnedOn === earnedOn &&
              found.expiresOn === expiresOn &&
              found.validFrom === `${new Date(ended * 1000).toISOString().slice(0, 19)}Z` &&
              clock(until).slice(0, 10) === expiresOn &&
              clock(until + 1) ===
                `${dayText(dayNumber(expiresOn) + 1)} ${clock(until + 1).slice(11)}` &&
              /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(found.validUntil)
            if (!right)
              wrong.push(`${endedAt} ${term} ${inclusiveEnd}: ${Object.values(found).join(' ')}`)
          }
        }
      t.equal(count, days * 8)
      t.same(wrong.slice(0, 5), [], `${wrong.length} wrong`)
    },
  )

t.test(
  'the last second is 23:59:59 on the programme’s clock, but for nights without one',
  async (t) => {
    const ends = (timeZone: string, endedAt: string) =>
      validity(endedAt, { timeZone, term: 'P2Y', inclusiveEnd: 'sameDay' }).validUntil
    t.equal(ends('Asia/Shanghai', '2024-02-29T10:00:00+08:00'), '2026-02-28T15:59:59Z')
    t.equal(ends('America/New_York', '2024-07-04T10:00:00-04:00'), '2026-07-05T03:59:59Z')
    // The hour before midnight comes twice in Cairo: the day ends with the second.
    t.equal(ends('Africa/Cairo', '2023-10-30T10:00:00+02:00'), '2025-10-30T21:59:59Z')
    // The hour before midnight is missing in Scoresbysund: the day ends an hour early.
    t.equal(ends('America/Scoresbysund', '2024-03-28T10:00:00Z'), '2026-03-29T00:59:59Z')
  },
)
