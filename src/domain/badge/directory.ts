import type { Programme } from '../../../schemas/programme.ts'
import type { Badge } from './badge.ts'
import { shownName } from './privacy.ts'

/** A search of the directory: words of a name or a certification, an achievement, a level. Pages count from 1. */
export type Search = { text: string; achievement: string; level: string; page: number }

/** Badges on one page. */
export const pageSize = 20

/** The last page of a search. A text that finds more is to be made longer; each of its matches costs more to find. */
export function lastPage({ text }: Search): number {
  return text === '' ? 500 : 100
}

/** The keys that match a search: exact ones, and a range of names that begin with the text. */
export type Reach = { keys: string[]; names?: Names }

/** A range of keys, for badges of certain achievements alone, or of all but some. */
type Names = { from: string; to: string; only?: string[]; except: string[] }

type Listed = Pick<
  Badge,
  | 'issuedAt'
  | 'visibility'
  | 'discoverable'
  | 'revokedAt'
  | 'suspendedAt'
  | 'achievement'
  | 'nameDisplay'
  | 'holder'
>

/**
 * The directory's keys for a badge until it expires; none unless the public may find it. Only the shown name has keys.
 */
export function directoryKeys(badge: Listed): string[] {
  const { issuedAt, visibility, discoverable, revokedAt, suspendedAt } = badge
  if (!issuedAt || revokedAt || suspendedAt || visibility !== 'public' || !discoverable) return []
  const names = beginnings(shownName(badge) ?? '').map((name) => `${nameKey}${name}`)
  return [everyKey, `${achievementKey}${badge.achievement}`, ...new Set(names)]
}

export const everyKey = '*'
const achievementKey = 'a:'
const nameKey = 'n:'

/** Where a search looks. A text that begins a word of a certification's name finds all badges of that certification. */
export function reachOf({ text, achievement, level }: Search, programme: Programme): Reach {
  const wanted = programme.achievements.filter(
    (each) =>
      (achievement === '' || each.id === achievement) && (level === '' || each.level === level),
  )
  const keysOf = (all: typeof wanted) => all.map(({ id }) => `${achievementKey}${id}`)
  const words = plain(text)
  const any = achievement === '' && level === ''
  if (words === '') return { keys: any ? [everyKey] : keysOf(wanted) }
  const named = wanted.filter(({ name }) => beginnings(name).some((it) => it.startsWith(words)))
  const from = `${nameKey}${words}`
  const names = { from, to: `${from}\u{10ffff}`, except: named.map(({ id }) => id) }
  // A badge may be of an achievement that the programme no longer has.
  const only = any ? {} : { only: wanted.map(({ id }) => id) }
  return { keys: keysOf(named), names: { ...names, ...only } }
}

const longest = 200
const mostWords = 12

/**
 * A text read from each of its words on, wrapping around: both `ferreira maria` and `maria f` find Maria Ferreira.
 * Scripts without spaces are read from each character on.
 */
function beginnings(text: string): string[] {
  const words = plain(text).split(' ').filter(Boolean)
  const turned = words.map((_, at) => [...words.slice(at), ...words.slice(0, at)].join(' '))
  const inside = words.filter((word) => unspaced.test(word)).flatMap(tails)
  return [...turned.slice(0, mostWords), ...inside.slice(0, 4 * mostWords)].map((each) =>
    each.slice(0, longest).toWellFormed(),
  )
}

const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

function tails(word: string): string[] {
  const letters = [...word]
  return letters.map((_, at) => letters.slice(at).join(''))
}

/** A text without differences of spelling: lower case, no accents, single spaces between words. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u0652]/g, '')
    .toLowerCase()
    .replace(/[łøđıßæœ]/g, (letter) => strokes[letter] ?? letter)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, longest)
}

const strokes: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
}
