import type { Verdict, VerdictWord } from '../../../schemas/verdict.ts'
import type { BadgeView } from '../../../schemas/view.ts'
import { dayOf } from '../../domain/rules/attempt.ts'
import type { Words } from '../../words/words.ts'
import type { Icon } from './icons.ts'

/** A verdict for people: its tone and shape, the words of the bar, and one sentence on what it means. */
export type VerdictWords = {
  tone: 'valid' | 'caution' | 'bad' | 'unknown'
  mark: Icon
  words: string
  meaning: string
}

/** The verdict on a badge. It is green only if the record says valid and no check, if any was made, disagrees. */
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

/** The bar of a badge that was revoked at the instant `since`, with the reason as far as the public may know it. */
export function revokedWords(
  { since, timeZone, reason }: Pick<BadgeView, 'since' | 'timeZone' | 'reason'>,
  t: Words,
): VerdictWords {
  return {
    tone: 'bad',
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

const drawn: Record<Written, Pick<VerdictWords, 'tone' | 'mark'>> = {
  valid: { tone: 'valid', mark: 'tick' },
  expired: { tone: 'caution', mark: 'clock' },
  suspended: { tone: 'caution', mark: 'attention' },
  'not-yet-valid': { tone: 'caution', mark: 'clock' },
  invalid: { tone: 'bad', mark: 'cross' },
  'could-not-check': { tone: 'unknown', mark: 'question' },
}
