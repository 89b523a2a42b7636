import type { Verdict, VerdictWord } from '../../schemas/verdict.ts'
import type { BadgeView, RevocationClass } from '../../schemas/view.ts'
import { dateIn, longDate } from './dates.ts'
import type { Mark } from './marks.ts'

/** A verdict for people: its tincture and shape, the words of the bar, and one sentence on what it means. */
export type VerdictWords = {
  tincture: 'valid' | 'caution' | 'bad' | 'unknown'
  mark: Mark
  words: string
  meaning: string
}

/** The verdict on a badge. Green needs both: the record's word, and that of the checks if they were made. */
export function verdictWords(view: BadgeView, verdict?: Verdict): VerdictWords {
  const word = verdict === undefined || verdict.verdict === 'valid' ? view.status : verdict.verdict
  return written[word](view)
}

/** Why a badge is no longer valid, as far as the public may know. */
export function reasonText(reason?: RevocationClass): string {
  return reason === undefined ? 'The issuer has not published a reason.' : reasons[reason]
}

/** The bar of a badge that was withdrawn at the instant `since`. */
export function revokedWords(
  since: string | undefined,
  timeZone: string,
  reason?: RevocationClass,
): VerdictWords {
  const when = since === undefined ? '' : ` since ${longDate(dateIn(since, timeZone))}`
  const meaning = reasonText(reason)
  return { tincture: 'bad', mark: 'cross', words: `No longer valid${when}`, meaning }
}

const reasons: Record<RevocationClass, string> = {
  withdrawn: 'The issuer has withdrawn this badge.',
  corrected: 'The issuer has corrected the result that this badge was based on.',
  superseded: 'A newer badge has taken the place of this one.',
}

const written: Record<VerdictWord, (view: BadgeView) => VerdictWords> = {
  valid: () => ({
    tincture: 'valid',
    mark: 'tick',
    words: 'Valid · checked just now',
    meaning: 'This badge is genuine and valid today.',
  }),
  expired: (view) => ({
    tincture: 'caution',
    mark: 'clock',
    words: view.expiresOn === undefined ? 'Expired' : `Expired on ${longDate(view.expiresOn)}`,
    meaning: 'This badge is genuine, and its time has run out.',
  }),
  suspended: () => ({
    tincture: 'caution',
    mark: 'attention',
    words: 'Status under review',
    meaning: 'The issuer is looking into this badge. Please do not rely on it until that is done.',
  }),
  revoked: (view) => revokedWords(view.since, view.timeZone, view.reason),
  'not-yet-valid': (view) => ({
    tincture: 'caution',
    mark: 'clock',
    words: `Not valid before ${longDate(dateIn(view.validFrom, view.timeZone))}`,
    meaning: 'This badge is genuine, and its time has not begun.',
  }),
  invalid: () => ({
    tincture: 'bad',
    mark: 'cross',
    words: 'A check failed',
    meaning: 'Please do not rely on this badge. The checks below say what failed.',
  }),
  'could-not-check': () => ({
    tincture: 'unknown',
    mark: 'question',
    words: 'We cannot confirm this now',
    meaning: 'A check could not be made. Please try again later; the checks below say which.',
  }),
}
