import type { VerdictWord } from '../../schemas/verdict.ts'
import { type Finding, fail, pass } from './checks.ts'

type Dates = { validFrom: string; validUntil?: string }

/** Compares a document's own dates with the clock, as instants and not as text (conformance 12.10). */
export function checkDates(
  { validFrom, validUntil }: Dates,
  now: string,
): Finding & { word?: VerdictWord } {
  const compare = (instant: string) =>
    Temporal.Instant.compare(Temporal.Instant.from(instant), Temporal.Instant.from(now))
  if (!isInstant(validFrom) || (validUntil && !isInstant(validUntil)))
    return fail('dates', 'The dates of the badge cannot be read.')
  if (compare(validFrom) > 0)
    return {
      ...fail('dates', `The badge is not valid before ${inWords(validFrom)}.`),
      word: 'not-yet-valid',
    }
  if (validUntil && compare(validUntil) < 0)
    return {
      ...fail('dates', `The badge was valid until ${inWords(validUntil)}.`),
      word: 'expired',
    }
  return pass(
    'dates',
    validUntil ? `The badge is valid until ${inWords(validUntil)}.` : 'The badge does not expire.',
  )
}

function isInstant(text: string) {
  try {
    return Boolean(Temporal.Instant.from(text))
  } catch {
    return false
  }
}

/** `2028-11-22 15:59:59 UTC` */
function inWords(instant: string) {
  return Temporal.Instant.from(instant)
    .toString({ smallestUnit: 'second' })
    .replace('T', ' ')
    .replace('Z', ' UTC')
}
