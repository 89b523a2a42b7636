import type { Programme } from '../../../schemas/programme.ts'

/** Dates are calendar days in the programme's zone; instants are whole seconds, written with `Z`. */
export type Validity = {
  earnedOn: string
  expiresOn: string
  validFrom: string
  validUntil: string
}

type Rules = {
  timeZone: string
  term: string
  inclusiveEnd: Programme['policies']['inclusiveEnd']
  /** The day that the term is counted from, if not the day of the pass: early renewers lose nothing. */
  anchor?: string
  /** When Blazon received the end, if the end was still ahead of its clock. */
  receivedAt?: string
}

/**
 * When a pass that ended at `endedAt` (RFC 3339 with offset) is valid: from that instant, or from its receipt if that
 * is earlier, through the end of the expiry day. Validators refuse a credential that begins in the future. Calendar
 * days are those of the end. The term is added to the calendar date, never to an instant: 29 February 2024 plus two
 * years is 28 February 2026.
 */
export function validity(
  endedAt: string,
  { timeZone, term, inclusiveEnd, anchor, receivedAt }: Rules,
): Validity {
  const ended = Temporal.Instant.from(endedAt).round({
    smallestUnit: 'second',
    roundingMode: 'floor',
  })
  const earned = ended.toZonedDateTimeISO(timeZone).toPlainDate()
  const start = anchor === undefined ? earned : Temporal.PlainDate.from(anchor)
  const anniversary = start.add(term, { overflow: 'constrain' })
  const expires = inclusiveEnd === 'dayBefore' ? anniversary.subtract({ days: 1 }) : anniversary
  // Usually 23:59:59. When the clock skips or repeats that hour, still the last second of the day.
  const until = expires.add({ days: 1 }).toZonedDateTime(timeZone).subtract({ seconds: 1 })
  return {
    earnedOn: earned.toString(),
    expiresOn: expires.toString(),
    validFrom: earlierOf(ended, receivedAt).toString({ smallestUnit: 'second' }),
    validUntil: until.toInstant().toString({ smallestUnit: 'second' }),
  }
}

function earlierOf(ended: Temporal.Instant, receivedAt: string | undefined): Temporal.Instant {
  const received = receivedAt === undefined ? ended : Temporal.Instant.from(receivedAt)
  return Temporal.Instant.compare(received, ended) < 0 ? received : ended
}

/** An instant cut to whole seconds, as documents carry it (conformance 10.3). */
export function wholeSeconds(instant: string): string {
  // The clock's form only loses its fraction; anything else is parsed, which takes fifty times as long.
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/.test(instant)) return `${instant.slice(0, 19)}Z`
  return Temporal.Instant.from(instant)
    .round({ smallestUnit: 'second', roundingMode: 'floor' })
    .toString({ smallestUnit: 'second' })
}
