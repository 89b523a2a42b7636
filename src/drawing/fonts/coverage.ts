import { readFileSync } from 'node:fs'
import { type Family, familiesFor, type Style } from './families.ts'
import { charactersIn, type Range } from './woff2-characters.ts'

export const usualWeight = { serif: 500, sans: 400 }

type Claim = { slice: string; first: number; last: number }

const indexes = new Map<Family, Map<number, Claim[]>>()

/** The names of slices that declare a character. Letters with accents are in several. */
export function slicesWith(family: Family, codePoint: number): string[] {
  const index = indexes.get(family) ?? indexOf(family)
  indexes.set(family, index)
  return (index.get(codePoint >> 8) ?? [])
    .filter(({ first, last }) => first <= codePoint && codePoint <= last)
    .map(({ slice }) => slice)
}

/**
 * Whether a typeface has all characters of one of these spellings. The characters of a slice are read once and cached.
 */
export function isInSomeFace(spellings: number[][], style: Style): boolean {
  return familiesFor(style).some((family) =>
    spellings.some((codePoints) =>
      slicesWith(family, codePoints[0] ?? 0).some((slice) => {
        const ranges = charactersOf(family, slice, usualWeight[style])
        return codePoints.every((codePoint) => isWithin(ranges, codePoint))
      }),
    ),
  )
}

const characters = new Map<string, Range[]>()

/** The characters for which a slice has a glyph. */
function charactersOf(family: Family, slice: string, weight: number): Range[] {
  const id = `${family.name}-${slice}`
  const there = characters.get(id) ?? charactersIn(readFileSync(family.file(slice, weight)))
  characters.set(id, there)
  return there
}

function isWithin(ranges: Range[], codePoint: number) {
  return ranges.some(([first, last]) => first <= codePoint && codePoint <= last)
}

/** What slices declare, by blocks of 256 characters: a Han typeface has thousands of ranges. */
function indexOf(family: Family) {
  const index = new Map<number, Claim[]>()
  for (const { name: slice, ranges } of family.slices())
    for (const [first, last] of ranges)
      for (let block = first >> 8; block <= last >> 8; block += 1)
        index.set(block, [...(index.get(block) ?? []), { slice, first, last }])
  return index
}
