import type { VerdictWord } from '../../schemas/verdict.ts'
import { type Finding, fail, pass } from './checks.ts'

type Dates = { validFrom: string; validUntil?: string }

/** Compares a document's own dates with the clock, as instants and not as text (conformance 12.10). */
export function checkDates(
  { validFrom, validUntil }: Dates,
  now: string,
): Finding & { word?: VerdictWord } {
  const [from, until] = [validFrom, validUntil].map((text) => text && instantOf(text))
  if (!from || (validUntil && !until))
    return fail('dates', 'The dates of the badge cannot be read.')
  const at = Temporal.Instant.from(now)
  if (Temporal.Instant.compare(from, at) > 0)
    return {
      ...fail('dates', `The badge is not valid before ${inWords(from)}.`),
      word: 'not-yet-valid',
    }
  if (until && Temporal.Instant.compare(until, at) < 0)
    return { ...fail('dates', `The badge was valid until ${inWords(until)}.`), word: 'expired' }
  return pass(
    'dates',
    until ? `The badge is valid until ${inWords(until)}.` : 'The badge does not expire.',
  )
}

function instantOf(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}

/** `2028-11-22 15:59:59 UTC` */
function inWords(instant: Temporal.Instant) {
  return instant.toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', ' UTC')
}
