import t from 'tap'
import { english } from '../../src/words/words.ts'

t.test('a calendar date is printed as the day it is, wherever the server stands', (t) => {
  const before = process.env.TZ
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC']) {
    process.env.TZ = zone
    t.equal(english.day('2026-11-22'), '22 November 2026')
    t.equal(english.day('2024-02-29'), '29 February 2024')
  }
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
  t.end()
})

t.test('an instant is printed on the clock of the zone that is named beside it', (t) => {
  t.equal(
    english.moment('2026-11-22T13:08:59Z', 'Asia/Shanghai'),
    '22 November 2026, 21:08 (Asia/Shanghai)',
  )
  t.equal(
    english.moment('2026-11-22T23:30:00Z', 'Asia/Tokyo'),
    '23 November 2026, 08:30 (Asia/Tokyo)',
  )
  t.equal(
    english.moment('2026-11-22T13:08:14.9+00:00', 'UTC', 'second'),
    '22 November 2026, 13:08:14 (UTC)',
  )
  t.end()
})

t.test('a duration is told in words, and nothing for no time', (t) => {
  t.equal(english.duration('P2Y'), '2 years')
  t.equal(english.duration('P1Y'), '1 year')
  t.equal(english.duration('P1Y6M'), '1 year and 6 months')
  t.equal(english.duration('P90D'), '90 days')
  t.equal(english.duration('P0D'), '')
  t.end()
})
