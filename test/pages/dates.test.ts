import t from 'tap'
import { dateIn, durationText, instantText, longDate } from '../../src/pages/dates.ts'

t.test('a calendar date is printed as the day it is, wherever the server stands', (t) => {
  const before = process.env.TZ
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC']) {
    process.env.TZ = zone
    t.equal(longDate('2026-11-22'), '22 November 2026')
    t.equal(longDate('2024-02-29'), '29 February 2024')
  }
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
  t.end()
})

t.test('an instant is printed on the clock of the zone that is named beside it', (t) => {
  t.equal(
    instantText('2026-11-22T13:08:59Z', 'Asia/Shanghai'),
    '22 November 2026, 21:08 (Asia/Shanghai)',
  )
  t.equal(instantText('2026-11-22T23:30:00Z', 'Asia/Tokyo'), '23 November 2026, 08:30 (Asia/Tokyo)')
  t.equal(
    instantText('2026-11-22T13:08:14.9+00:00', 'UTC', 'second'),
    '22 November 2026, 13:08:14 (UTC)',
  )
  t.end()
})

t.test('the day of an instant is the day of the programme’s zone', (t) => {
  t.equal(dateIn('2026-05-02T18:30:00Z', 'Asia/Shanghai'), '2026-05-03')
  t.equal(dateIn('2026-05-02T18:30:00Z', 'UTC'), '2026-05-02')
  t.end()
})

t.test('a validity is told in words', (t) => {
  t.equal(durationText('P2Y'), '2 years')
  t.equal(durationText('P1Y'), '1 year')
  t.equal(durationText('P1Y6M'), '1 year and 6 months')
  t.equal(durationText('P90D'), '90 days')
  t.end()
})
