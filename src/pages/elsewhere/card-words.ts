import type { BadgeView, GoneView } from '../../../schemas/view.ts'
import type { Words } from '../../words/words.ts'
import { revokedWords, type VerdictWords, verdictWords } from '../kit/verdict-words.ts'

/** The words of a preview card. `verdict` is present unless the badge is valid. */
export type CardWords = {
  achievement: string
  holder?: string
  issuer: string
  days: string[]
  verdict?: Pick<VerdictWords, 'tone' | 'words'>
  lang: string
  dir: 'ltr' | 'rtl'
}

/** The words of a badge's card: those of its page, and no more. */
export function cardWords(view: BadgeView, t: Words): CardWords {
  const { achievement, issuer, holder } = view
  const { tone, words } = verdictWords(view, undefined, t)
  return {
    ...frame(achievement.name, issuer.name, t),
    ...(holder && { holder: holder.name }),
    days: [dayOf(view, t)],
    ...(tone !== 'valid' && { verdict: { tone, words } }),
  }
}

/** The words of the card of a revoked badge: what it was and since when it is revoked, but not its holder. */
export function goneCardWords(view: GoneView, t: Words): CardWords {
  const { tone, words } = revokedWords(view, t)
  return {
    ...frame(view.achievement.name, view.issuer.name, t),
    days: [],
    verdict: { tone, words },
  }
}

function frame(achievement: string, issuer: string, { lang, dir }: Words) {
  return { achievement, issuer, lang, dir }
}

/** The day until which a valid badge holds, else the day on which it was earned: the verdict says what ended when. */
function dayOf({ status, expiresOn, earnedOn }: BadgeView, t: Words): string {
  if (status === 'valid' && expiresOn !== undefined)
    return t.say('badge.card.until', { day: t.day(expiresOn) })
  return t.say('badge.card.earned', { day: t.day(earnedOn) })
}
