import t from 'tap'
import { formatMistake, readMoment } from '../../src/adapters/dates.ts'

const shanghai = { timeZone: 'Asia/Shanghai' }
const berlin = { timeZone: 'Europe/Berlin' }

t.test('ISO 8601 means its offset, or the zone that is given', async (t) => {
  t.equal(readMoment('2026-11-22T10:12:00+08:00', {}), '2026-11-22T02:12:00Z')
  t.equal(readMoment('2026-11-22T10:12:00.5Z', shanghai), '2026-11-22T10:12:00.5Z')
  t.equal(readMoment('2026-11-22 10:12', shanghai), '2026-11-22T02:12:00Z')
  t.equal(readMoment('2026-11-22 10:12', {}), undefined)
  for (const none of ['2026-11-22', '2026-02-30T10:00:00Z', '2026-11-22T10:12:60Z', '22 Nov', ''])
    t.equal(readMoment(none, shanghai), undefined, none)
})

t.test('a format is read as it is written, and nothing else', async (t) => {
  const read = (format: string, text: string) => readMoment(text, { format, ...shanghai })
  t.equal(read('dd-MMM-yyyy HH:mm', '22-Nov-2026 10:12'), '2026-11-22T02:12:00Z')
  t.equal(read('dd-MMM-yyyy HH:mm', '2-NOV-2026 10:12'), '2026-11-02T02:12:00Z')
  t.equal(read('MM/dd/yyyy hh:mm:ss a', '11/22/2026 12:05:09 AM'), '2026-11-21T16:05:09Z')
  t.equal(read('MM/dd/yyyy hh:mm:ss a', '11/22/2026 12:05:09 pm'), '2026-11-22T04:05:09Z')
  t.equal(read('yyyy.MM.dd HH:mm', '2026.11.22 10:12'), '2026-11-22T02:12:00Z')
  for (const none of [
    '22-Foo-2026 10:12',
    '31-Nov-2026 10:12',
    '22-Nov-2026 24:12',
    '22-Nov-26 10:12',
  ])
    t.equal(read('dd-MMM-yyyy HH:mm', none), undefined, none)
  t.equal(read('yyyy.MM.dd HH:mm', '2026x11x22 10:12'), undefined, 'a dot is a dot')
  t.equal(read('MM/dd/yyyy hh:mm a', '11/22/2026 13:05 PM'), undefined)
})

t.test('an hour that comes twice is the first, and one that never was is none', async (t) => {
  t.equal(readMoment('2026-10-25 02:30', berlin), '2026-10-25T00:30:00Z')
  t.equal(readMoment('2026-03-29 02:30', berlin), undefined)
})

t.test('a format that cannot tell a moment is refused', async (t) => {
  for (const right of ['dd-MMM-yyyy HH:mm', 'MM/dd/yyyy hh:mm a', 'yyyyMMddHHmmss'])
    t.equal(formatMistake(right), undefined, right)
  for (const wrong of [
    'dd/MM/yyyy',
    'MM/yyyy HH:mm',
    'dd.MM.yyyy hh:mm',
    'dd dd MM yyyy HH:mm',
    'x',
  ])
    t.ok(formatMistake(wrong), wrong)
})
