import { readFileSync } from 'node:fs'
import { create, type Font } from 'fontkit'
import * as harfbuzz from 'harfbuzzjs'
import woff2 from 'wawoff2/build/decompress_binding.js'
import { slicesWith, usualWeight } from './coverage.ts'
import { type Family, familiesFor, type Style } from './families.ts'
import { atWeight } from './weights.ts'

export type { Style } from './families.ts'

/**
 * One font at one weight, with some of its typeface's characters: as the TrueType file and as fontkit reads it
 * (pdfkit's `registerFont` takes either), and as HarfBuzz reads it. Glyph ids are the same in all three.
 */
export type Face = { id: string; bytes: Uint8Array; font: Font; shaper: harfbuzz.Font }

/**
 * What decides the choice of a face besides the characters. `lang` is a BCP 47 tag: Han characters differ by language.
 * `family` is tried first.
 */
export type Wanted = {
  style: Style
  weight?: number | undefined
  lang?: string | undefined
  family?: Family | undefined
}

/** How many faces are cached, of about 100 KB each. A face in use stays with its user. */
const kept = 200

const faces = new Map<string, Face>()

if (!woff2.calledRun)
  await new Promise<void>((resolve) => {
    woff2.onRuntimeInitialized = resolve
  })

/**
 * The first face that has a character, in the order that fits the style and the language best; undefined when none has
 * it.
 */
export function faceFor(
  codePoint: number,
  style: Style,
  more: Omit<Wanted, 'style'> = {},
): Face | undefined {
  return faceForAny([[codePoint]], { style, ...more })
}

/**
 * The first face that has all characters of one of these spellings, so that an accent comes from the font of its
 * letter.
 */
export function faceForAny(spellings: number[][], wanted: Wanted): Face | undefined {
  const { style, lang, family } = wanted
  const families = familiesFor(style, lang)
  for (const each of family ? [family, ...families] : families) {
    const face = faceIn(each, spellings, wanted)
    if (face) return face
  }
  return undefined
}

/** The first typeface that has all of these characters, each given as its spellings. */
export function familyForAll(graphemes: number[][][], wanted: Wanted): Family | undefined {
  return familiesFor(wanted.style, wanted.lang).find((family) =>
    graphemes.every((spellings) => faceIn(family, spellings, wanted)),
  )
}

function faceIn(family: Family, spellings: number[][], { style, weight }: Wanted) {
  for (const codePoints of spellings)
    for (const slice of slicesWith(family, codePoints[0] ?? 0)) {
      const face = load(family, slice, weight ?? usualWeight[style])
      if (hasAll(face, codePoints)) return face
    }
  return undefined
}

/** Whether a face has a glyph for each of these characters. */
export function hasAll({ font }: Face, codePoints: number[]): boolean {
  return codePoints.every((codePoint) => font.hasGlyphForCodePoint(codePoint))
}

function load(family: Family, slice: string, weight: number): Face {
  const id = `${family.name}-${slice}-${weight}`
  const face = faces.get(id) ?? open(family, slice, weight, id)
  faces.delete(id)
  faces.set(id, face)
  const [oldest] = faces.keys()
  if (faces.size > kept && oldest) faces.delete(oldest)
  return face
}

/** A slice as TrueType. */
function read(family: Family, slice: string, weight: number): Buffer {
  const bytes = woff2.decompress(readFileSync(family.file(slice, weight)))
  if (!bytes) throw new Error(`The font ${family.name}-${slice} cannot be read.`)
  // The bytes may lie in the decoder's own memory, which the next font overwrites.
  return Buffer.from(bytes)
}

function open(family: Family, slice: string, weight: number, id: string): Face {
  const all = read(family, slice, weight)
  const bytes = family.weights === 'variable' ? atWeight(all, weight) : all
  const shaper = new harfbuzz.Font(new harfbuzz.Face(new harfbuzz.Blob(bytes)))
  return { id, bytes, font: create(bytes) as Font, shaper }
}
