import type { Programme } from '../../../schemas/programme.ts'
import type { Badge } from './badge.ts'
import { shownName } from './privacy.ts'

/** What somebody looks for in the directory: words of a name or a certification, and what it must be. Pages count from 1. */
export type Search = { text: string; achievement: string; level: string; page: number }

/** So many badges are on a page. */
export const pageSize = 20

/** The keys that a search finds badges under: whole ones, and those of names that begin so, of certain achievements. */
export type Reach = { keys: string[]; names?: Names }

/** Keys from one to another, of badges of some achievements alone, or of all but some. */
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

/** The keys that the directory finds a badge under until it expires: none, unless it may be found. Of its name there is what it shows, and no more. */
export function directoryKeys(badge: Listed): string[] {
  const { issuedAt, visibility, discoverable, revokedAt, suspendedAt } = badge
  if (!issuedAt || revokedAt || suspendedAt || visibility !== 'public' || !discoverable) return []
  const names = beginnings(shownName(badge) ?? '').map((name) => `${nameKey}${name}`)
  return [everyKey, `${achievementKey}${badge.achievement}`, ...new Set(names)]
}

export const everyKey = '*'
const achievementKey = 'a:'
const nameKey = 'n:'

/** Where to look for what is searched. A text that a certification's name has finds all its badges. */
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
 * A text as it reads from each of its words on, and round to the word before: so `ferreira maria` and `maria f` both find Maria Ferreira.
 * Scripts that write no spaces are read from each character on.
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

/** What is left of a text when it does not matter how it is written: lower case, no accents, words with one space between. */
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
