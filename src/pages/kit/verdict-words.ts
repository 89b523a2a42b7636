import type { Verdict, VerdictWord } from '../../../schemas/verdict.ts'
import type { BadgeView } from '../../../schemas/view.ts'
import { dayOf } from '../../domain/rules/attempt.ts'
import type { Words } from '../../words/words.ts'
import type { Mark } from './marks.ts'

/** A verdict for people: its tincture and shape, the words of the bar, and one sentence on what it means. */
export type VerdictWords = {
  tincture: 'valid' | 'caution' | 'bad' | 'unknown'
  mark: Mark
  words: string
  meaning: string
}

/** The verdict on a badge. Green needs both: the record's word, and that of the checks if they were made. */
export function verdictWords(
  view: BadgeView,
  verdict: Verdict | undefined,
  t: Words,
): VerdictWords {
  const word = verdict === undefined || verdict.verdict === 'valid' ? view.status : verdict.verdict
  if (word === 'revoked') return revokedWords(view, t)
  return {
    ...drawn[word],
    words: barWords(word, view, t),
    meaning: t.say(`verdict.${word}.meaning`),
  }
}

/** The bar of a badge that was withdrawn at the instant `since`, and why, as far as the public may know. */
export function revokedWords(
  { since, timeZone, reason }: Pick<BadgeView, 'since' | 'timeZone' | 'reason'>,
  t: Words,
): VerdictWords {
  return {
    tincture: 'bad',
    mark: 'cross',
    words:
      since === undefined
        ? t.say('verdict.revoked')
        : t.say('verdict.revokedSince', { day: t.day(dayOf(since, timeZone)) }),
    meaning: t.say(`verdict.reason.${reason ?? 'unknown'}`),
  }
}

type Written = Exclude<VerdictWord, 'revoked'>

function barWords(word: Written, { expiresOn, validFrom, timeZone }: BadgeView, t: Words): string {
  if (word === 'expired' && expiresOn !== undefined)
    return t.say('verdict.expiredOn', { day: t.day(expiresOn) })
  if (word === 'not-yet-valid')
    return t.say('verdict.not-yet-valid', { day: t.day(dayOf(validFrom, timeZone)) })
  return t.say(`verdict.${word}`)
}

const drawn: Record<Written, Pick<VerdictWords, 'tincture' | 'mark'>> = {
  valid: { tincture: 'valid', mark: 'tick' },
  expired: { tincture: 'caution', mark: 'clock' },
  suspended: { tincture: 'caution', mark: 'attention' },
  'not-yet-valid': { tincture: 'caution', mark: 'clock' },
  invalid: { tincture: 'bad', mark: 'cross' },
  'could-not-check': { tincture: 'unknown', mark: 'question' },
}
