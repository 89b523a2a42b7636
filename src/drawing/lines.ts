import * as harfbuzz from 'harfbuzzjs'
import { broken, words } from './breaks.ts'
import type { Face, Wanted } from './fonts/faces.ts'
import { graphemesOf, plainSpaces } from './graphemes.ts'
import { type Direction, directionOf, type Run, visualRuns } from './runs.ts'

/**
 * One line of text as glyphs. Lengths are in the unit of its size. `x` of a run and of a glyph counts from the left end
 * of the line, `y` of a glyph downwards from the baseline. `ascent` and `descent` are both positive.
 */
export type Line = {
  /** The line's text in reading order. */
  text: string
  size: number
  width: number
  ascent: number
  descent: number
  runs: LineRun[]
}
/** `text` is in reading order; glyphs and runs are in page order, left to right. */
export type LineRun = {
  face: Face
  text: string
  x: number
  direction: Direction
  /** `from` is the index in the run's text of the first letter that the glyph, alone or with others, stands for. */
  glyphs: { id: number; x: number; y: number; from: number }[]
}

/** How a text is set. Without `direction`, that of its first letter counts. */
export type Setting = Wanted & { size: number; direction?: Direction | undefined }

/**
 * A text of any script as positioned glyphs: ordered by the Unicode bidirectional algorithm, shaped by HarfBuzz.
 * Characters that no face has are left out; `cannotDraw` names them.
 */
export function layOut(text: string, { size, direction, ...wanted }: Setting): Line {
  const line: Line = { text, size, width: 0, ascent: 0, descent: 0, runs: [] }
  const base = direction ?? directionOf(text)
  for (const run of visualRuns(text, wanted, base)) append(line, run, wanted.lang)
  return line
}

/**
 * The available space. A line is first made smaller, to `minSize`; then the text is broken into lines of `brokenSize`
 * at most.
 */
export type Room = Setting & {
  maxWidth: number
  minSize: number
  maxLines: number
  brokenSize?: number | undefined
}

/**
 * Sets a text in at most `maxLines` lines of one size, none wider than `maxWidth`: on one line if it fits, else in
 * lines of lengths as equal as possible, broken between words where there are any. Nothing is ever cut: a text that
 * does not fit at `minSize` is set smaller.
 */
export function fit(text: string, room: Room): Line[] {
  const direction = room.direction ?? directionOf(text)
  const whole = plainSpaces(text).replace(/\s+/g, ' ').trim()
  if (whole === '') return []
  const widthOf = (part: string) => layOut(part, { ...room, direction, size: 1 }).width
  const sizeFor = (parts: string[]) =>
    Math.min(
      parts.length > 1 ? (room.brokenSize ?? room.size) : room.size,
      room.maxWidth / Math.max(...parts.map((part) => widthOf(part.trimEnd()))),
    )
  const set = (parts: string[]) =>
    parts.map((part) => layOut(part.trimEnd(), { ...room, direction, size: sizeFor(parts) }))
  const ways = [[whole], ...broken(words(whole), room.maxLines, widthOf)]
  const good = ways.find((parts) => sizeFor(parts) >= room.minSize)
  if (good) return set(good)
  const largest = (ways: string[][]) =>
    ways.reduce((best, parts) => (sizeFor(parts) > sizeFor(best) ? parts : best), [whole])
  const between = largest(ways)
  const within = largest(broken(graphemesOf(whole), room.maxLines, widthOf))
  return set(sizeFor(within) > worthBreakingWords * sizeFor(between) ? within : between)
}

/** The factor by which a text must become larger to justify a break within words. */
const worthBreakingWords = 1.25

function append(line: Line, { face, text, level }: Run, lang: string | undefined) {
  const scale = line.size / face.font.unitsPerEm
  const direction = level % 2 === 1 ? 'rtl' : 'ltr'
  const start = line.width
  const glyphs = shaped(face, text, direction, lang).map((glyph) => {
    const x = line.width + (glyph.xOffset ?? 0) * scale
    const y = -(glyph.yOffset ?? 0) * scale
    line.width += (glyph.xAdvance ?? 0) * scale
    return { id: glyph.codepoint, x, y, from: glyph.cluster }
  })
  line.ascent = Math.max(line.ascent, face.font.ascent * scale)
  line.descent = Math.max(line.descent, -face.font.descent * scale)
  line.runs.push({ face, text, x: start, direction, glyphs })
}

function shaped(face: Face, text: string, direction: Direction, lang: string | undefined) {
  const buffer = new harfbuzz.Buffer()
  buffer.addText(text)
  buffer.guessSegmentProperties()
  buffer.setDirection(harfbuzz.Direction[direction === 'rtl' ? 'RTL' : 'LTR'])
  if (lang) buffer.setLanguage(lang)
  harfbuzz.shape(face.shaper, buffer)
  return buffer.getGlyphInfosAndPositions()
}
