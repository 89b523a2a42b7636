import type { Holder } from '../badge/badge.ts'
import { nameMistake } from '../people/name-text.ts'
import { isSameName } from './name-request.ts'

/** The input of the form; an empty Latin name means none. */
export type NameWish = { fullName: string; latinName: string; reason: string }

/** Why a request is refused. `open`: an earlier one is still open; `often`: there were enough for one day. */
export type WishMistake =
  | 'name-missing'
  | 'name-long'
  | 'name-characters'
  | 'name-same'
  | 'reason-missing'
  | 'reason-long'
  | 'reason-characters'
  | 'open'
  | 'often'

export const longestName = 200
export const longestReason = 500
/** How many requests a candidate can make in 24 hours, including withdrawn ones. */
export const mostWishesADay = 3

/** A request in its stored form: composed, trimmed, with single spaces in names. */
export function tidyWish({ fullName, latinName, reason }: NameWish): {
  wanted: Holder
  reason: string
} {
  const line = (text: string) => text.normalize('NFC').trim().replace(/ {2,}/g, ' ')
  return {
    wanted: { fullName: line(fullName), latinName: line(latinName) || null },
    reason: reason.normalize('NFC').replaceAll('\r\n', '\n').trim(),
  }
}

/** What is wrong with a tidy request; undefined if nothing is. `now` is the name that badges print. */
export function wishMistake(
  { wanted, reason }: ReturnType<typeof tidyWish>,
  now: Holder,
): WishMistake | undefined {
  const names = [wanted.fullName, wanted.latinName ?? '']
  if (!isVisible(wanted.fullName)) return 'name-missing'
  if (names.some((name) => name.length > longestName)) return 'name-long'
  if (names.some((name) => name !== '' && nameMistake(name))) return 'name-characters'
  if (isSameName(wanted, now)) return 'name-same'
  if (!isVisible(reason)) return 'reason-missing'
  if (reason.length > longestReason) return 'reason-long'
  return /[\p{Cs}]|(?![\n\t])\p{Cc}/u.test(reason) ? 'reason-characters' : undefined
}

function isVisible(text: string) {
  return /[^\s\p{C}]/u.test(text)
}
