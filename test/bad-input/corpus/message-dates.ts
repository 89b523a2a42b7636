import { passEvent } from '../../help/start.ts'
import { mistakes, type Row } from '../row.ts'

const event = (changes: Record<string, unknown>) => passEvent({ resultId: 'R-never', ...changes })
const noMoment = mistakes({
  '/endedAt': 'endedAt must be a date and time with an offset, such as 2026-11-22T09:00:00+08:00.',
})

/** Moments that do not exist, have no offset, or cannot be of an exam. The clock stands at 2026-11-22T04:00:00Z. */
export const rows: Row[] = [
  {
    what: 'endedAt without an offset',
    body: event({ endedAt: '2026-11-22T10:12:00' }),
    says: noMoment,
  },
  { what: 'endedAt as a date', body: event({ endedAt: '2026-11-22' }), says: noMoment },
  { what: 'endedAt in seconds', body: event({ endedAt: '1795313520' }), says: noMoment },
  { what: 'endedAt empty', body: event({ endedAt: '' }), says: noMoment },
  {
    what: '29 February 2026',
    body: event({ endedAt: '2026-02-29T10:00:00+08:00', startedAt: undefined }),
    says: noMoment,
  },
  { what: 'month 13', body: event({ endedAt: '2026-13-01T10:00:00Z' }), says: noMoment },
  { what: 'hour 24', body: event({ endedAt: '2026-11-21T24:00:00Z' }), says: noMoment },
  {
    what: 'a leap second that never was',
    body: event({ endedAt: '2026-11-21T23:59:60Z', startedAt: undefined }),
    says: mistakes({
      '/endedAt':
        'endedAt is not a moment that exists; write it with its offset, such as 2026-11-22T09:00:00+08:00.',
    }),
  },
  {
    what: 'an offset of 25 hours',
    body: event({ endedAt: '2026-11-21T10:00:00+25:00' }),
    says: noMoment,
  },
  {
    what: 'the year -1',
    body: event({ endedAt: '-000001-01-01T00:00:00Z', startedAt: undefined }),
    says: noMoment,
  },
  {
    what: 'the year 0',
    body: event({ endedAt: '0000-01-01T00:00:00Z', startedAt: undefined }),
    says: mistakes({
      '/endedAt': 'endedAt is before 1970, when there were no exams; check the clock.',
    }),
  },
  { what: 'the year 10000', body: event({ endedAt: '+010000-01-01T00:00:00Z' }), says: noMoment },
  {
    what: 'a moment with a time zone in brackets',
    body: event({ endedAt: '2026-11-22T10:12:00+08:00[Asia/Shanghai]' }),
    says: noMoment,
  },
  {
    what: 'a moment in digits of another script',
    body: event({ endedAt: '２０２６-11-22T10:12:00+08:00' }),
    says: noMoment,
  },
  {
    what: 'a moment with 30 decimals',
    body: event({ endedAt: `2026-11-22T10:12:00.${'1'.repeat(30)}Z` }),
    says: mistakes({ '/endedAt': 'endedAt is longer than 40 characters.' }),
  },
  {
    what: 'endedAt 6 minutes ahead',
    body: event({ endedAt: '2026-11-22T04:06:00Z' }),
    says: mistakes({
      '/endedAt': 'endedAt is more than 5 minutes in the future; check the clock and the offset.',
    }),
  },
  {
    what: 'endedAt in 2126',
    body: event({ endedAt: '2126-11-22T04:06:00Z' }),
    says: mistakes({
      '/endedAt': 'endedAt is more than 5 minutes in the future; check the clock and the offset.',
    }),
  },
  {
    what: 'an attempt that started after it ended',
    body: event({ startedAt: '2026-11-22T10:12:01+08:00' }),
    says: mistakes({ '/startedAt': 'startedAt is after endedAt.' }),
  },
  {
    what: 'a start 6 minutes ahead, and no end',
    body: event({ outcome: 'failed', startedAt: '2026-11-22T04:06:00Z', endedAt: undefined }),
    says: mistakes({
      '/startedAt':
        'startedAt is more than 5 minutes in the future; check the clock and the offset.',
    }),
  },
  {
    what: 'endedAt a second more than 5 minutes ahead',
    body: event({ endedAt: '2026-11-22T04:05:01Z' }),
    says: mistakes({
      '/endedAt': 'endedAt is more than 5 minutes in the future; check the clock and the offset.',
    }),
  },
  ...[
    { outcome: 'failed' },
    { outcome: 'aborted', contentShown: true },
    { outcome: 'aborted' },
  ].map((facts) => ({
    what: `an attempt of no day at all: ${Object.values(facts).join(', ')}`,
    body: event({ ...facts, startedAt: undefined, endedAt: undefined }),
    says: mistakes({
      '/endedAt': 'endedAt is missing: the wait for the next attempt begins on that day.',
    }),
  })),
  {
    what: 'scheduledAt and occurredAt that do not exist',
    body: event({ scheduledAt: '2026-02-30T10:00:00Z', occurredAt: 'yesterday' }),
    says: mistakes({
      '/scheduledAt':
        'scheduledAt must be a date and time with an offset, such as 2026-11-22T09:00:00+08:00.',
      '/occurredAt':
        'occurredAt must be a date and time with an offset, such as 2026-11-22T09:00:00+08:00.',
    }),
  },
]
