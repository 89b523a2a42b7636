import * as harfbuzz from 'harfbuzzjs'
import { broken, words } from './breaks.ts'
import type { Face, Wanted } from './faces.ts'
import { graphemesOf, plainSpaces } from './graphemes.ts'
import { type Direction, directionOf, type Run, visualRuns } from './runs.ts'

/**
 * One line of text as glyphs. Lengths are in the unit of its size. `x` of a run and of a glyph counts from the left end of the line,
 * `y` of a glyph downwards from the baseline; `ascent` and `descent` are both positive.
 */
export type Line = {
  /** The line's own text, in the order of reading. */
  text: string
  size: number
  width: number
  ascent: number
  descent: number
  runs: LineRun[]
}
/** `text` is in the order of reading, the glyphs and runs are in that of the page, left to right. */
export type LineRun = {
  face: Face
  text: string
  x: number
  direction: Direction
  /** `from` is where in the run's text the letters begin that a glyph stands for, alone or with others. */
  glyphs: { id: number; x: number; y: number; from: number }[]
}

/** How a text is set. The direction is that of the text's first letter unless it is given. */
export type Setting = Wanted & { size: number; direction?: Direction | undefined }

/**
 * A text of any script as positioned glyphs: ordered by the Unicode bidirectional algorithm, shaped by HarfBuzz. Characters that no
 * face has are left out; `cannotDraw` names them.
 */
export function layOut(text: string, { size, direction, ...wanted }: Setting): Line {
  const line: Line = { text, size, width: 0, ascent: 0, descent: 0, runs: [] }
  const base = direction ?? directionOf(text)
  for (const run of visualRuns(text, wanted, base)) append(line, run, wanted.lang)
  return line
}

/** The room there is. A line is made smaller, to `minSize`, before the text is broken into lines, which are of `brokenSize` at most. */
export type Room = Setting & {
  maxWidth: number
  minSize: number
  maxLines: number
  brokenSize?: number | undefined
}

/**
 * A text in at most `maxLines` lines, none wider than `maxWidth`, all of one size: on one line if that can be, or else broken so that
 * the lines are as alike as can be, between words if there are any. Nothing is ever cut: what has no room at `minSize` is set smaller.
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

/** How much larger a text must become before its words are broken. */
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
