import bidiFactory from 'bidi-js'
import { type Face, faceForAny, familyForAll, hasAll, type Wanted } from './fonts/faces.ts'
import { graphemesOf, plainSpaces, spellings } from './graphemes.ts'

/** Text of one face, one direction and one script. An odd level is read from right to left. */
export type Run = { face: Face; text: string; level: number; script: string | undefined }

export type Direction = 'ltr' | 'rtl'

const bidi = bidiFactory()

/** The direction of a text: that of its first letter with a direction. */
export function directionOf(text: string): Direction {
  const [paragraph] = bidi.getEmbeddingLevels(plainSpaces(text)).paragraphs
  return paragraph && paragraph.level % 2 === 1 ? 'rtl' : 'ltr'
}

/** A text in runs, in the order of the line from left to right (Unicode Standard Annex 9, L2). */
export function visualRuns(text: string, wanted: Wanted, direction: Direction): Run[] {
  return reordered(logicalRuns(plainSpaces(text), wanted, direction))
}

function logicalRuns(text: string, given: Wanted, direction: Direction): Run[] {
  const { levels } = bidi.getEmbeddingLevels(text, direction)
  const wanted = { ...given, lang: languageOf(text) ?? given.lang }
  const families = familiesByScript(text, wanted)
  const runs: Run[] = []
  let at = 0
  for (const grapheme of graphemesOf(text)) {
    append(runs, grapheme, levels[at] ?? 0, { ...wanted, families })
    at += grapheme.length
  }
  return runs
}

/** One typeface for all letters of a script, if one has them all, so that a name does not mix typefaces. */
function familiesByScript(text: string, wanted: Wanted): Families {
  const scripts = Map.groupBy(graphemesOf(text), scriptOf)
  return new Map(
    [...scripts].flatMap(([script, graphemes]) =>
      script ? [[script, familyForAll(graphemes.map(spellings), wanted)] as const] : [],
    ),
  )
}

type Families = Map<string | undefined, Wanted['family']>

function append(
  runs: Run[],
  grapheme: string,
  level: number,
  { families, ...wanted }: Wanted & { families: Families },
) {
  const before = runs.at(-1)
  const script = scriptOf(grapheme)
  const joins = before?.level === level && (!script || !before.script || before.script === script)
  const of = script ?? (/\p{N}/u.test(grapheme) ? undefined : before?.script)
  const family = families.get(of)
  const face = faceOf(grapheme, { ...wanted, family }, joins && !script ? before : undefined)
  if (!face) return
  if (!joins || before.face !== face) {
    runs.push({ face, text: grapheme, level, script })
    return
  }
  before.text += grapheme
  before.script ??= script
}

/** Spaces and punctuation keep the face of the text before them. A character that no face has is left out. */
function faceOf(grapheme: string, wanted: Wanted, before: Run | undefined) {
  const ways = spellings(grapheme)
  if (before && ways.length === 0) return before.face
  const stays = before && !/\p{N}/u.test(grapheme)
  if (stays && ways.some((codePoints) => hasAll(before.face, codePoints))) return before.face
  return faceForAny(ways.length > 0 ? ways : [[space]], wanted)
}

const space = 0x20

function reordered(runs: Run[]) {
  const ordered = [...runs]
  const highest = Math.max(0, ...runs.map(({ level }) => level))
  for (let level = highest; level > 0; level -= 1) reverseFrom(ordered, level)
  return ordered
}

function reverseFrom(runs: Run[], level: number) {
  let start = 0
  while (start < runs.length) {
    let end = start
    while ((runs[end]?.level ?? -1) >= level) end += 1
    if (end > start) runs.splice(start, end - start, ...runs.slice(start, end).reverse())
    start = end + 1
  }
}

const scripts = [
  ['Latn', /\p{Script=Latin}/u],
  ['Hani', /\p{Script=Han}/u],
  ['Arab', /\p{Script=Arabic}/u],
  ['Cyrl', /\p{Script=Cyrillic}/u],
  ['Grek', /\p{Script=Greek}/u],
  ['Hebr', /\p{Script=Hebrew}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Deva', /\p{Script=Devanagari}/u],
  ['Hang', /\p{Script=Hangul}/u],
  ['Kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
] as const

function scriptOf(grapheme: string) {
  return scripts.find(([, letters]) => letters.test(grapheme))?.[0]
}

/** Kana means Japanese and Hangul Korean, whatever the page's language. Han alone does not decide. */
function languageOf(text: string) {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja'
  return /\p{Script=Hangul}/u.test(text) ? 'ko' : undefined
}
