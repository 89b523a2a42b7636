import { type FieldError, Problem } from '../problem.ts'
import { howMany } from './message.ts'

/**
 * A name in the form in which names are compared: without case, kinds of space, spaces around it, and invisible
 * characters.
 */
export function loosely(name: string): string {
  return name
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

/** A header in which a name that equals an expected one but for case and spaces is replaced by it. */
export function asExpected(header: string[], expected: string[]): string[] {
  const missing = expected.filter((name) => !header.includes(name))
  const byLook = new Map(missing.map((name) => [loosely(name), name]))
  return header.map((name) =>
    expected.includes(name) ? name : (byLook.get(loosely(name)) ?? name),
  )
}

/** How many of the expected names a header has, but for case and spaces. */
export function countKnown(header: string[], expected: string[]): number {
  const looks = new Set(header.map(loosely))
  return expected.filter((name) => looks.has(loosely(name))).length
}

/** A sentence that suggests the nearest of some names, with a leading space; empty when none is near. */
export function didYouMean(name: string, others: string[]): string {
  const bare = squashed(name)
  const maxDistance = Math.max(1, Math.floor(bare.length / 4))
  const near = others
    .filter((other) => Math.abs(squashed(other).length - bare.length) <= maxDistance)
    .map((other) => ({ other, far: distance(bare, squashed(other)) }))
    .filter(({ other, far }) => far <= maxDistance && squashed(other) !== '')
    .toSorted((one, two) => one.far - two.far)[0]
  return near ? ` Did you mean “${near.other.slice(0, 100)}”?` : ''
}

/** The problem of a title in the first row: the header is further down. */
export function titleAbove(header: string[], at: { title: number; header: number }): Problem {
  const title = header
    .filter((cell) => cell !== '')
    .join(' ')
    .slice(0, 80)
  return new Problem(
    'invalid/title-above-header',
    `Row ${at.title} (“${title}”) is not the header, which is in row ${at.header}: remove what is above it. Nothing was kept.`,
  )
}

function squashed(name: string): string {
  return loosely(name)
    .slice(0, 200)
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** How many letters must be added, removed or changed (Levenshtein). */
function distance(one: string, two: string): number {
  let row = Array.from({ length: two.length + 1 }, (_, at) => at)
  for (let i = 0; i < one.length; i += 1) {
    const next = [i + 1]
    for (let j = 0; j < two.length; j += 1)
      next.push(
        Math.min(
          (row[j + 1] ?? 0) + 1,
          (next[j] ?? 0) + 1,
          (row[j] ?? 0) + (one[i] === two[j] ? 0 : 1),
        ),
      )
    row = next
  }
  return row.at(-1) ?? 0
}

/** Refuses a file whose header has mistakes. Throws `invalid` with all of them. */
export function refuseHeader(mistakes: FieldError[]): void {
  if (mistakes.length === 0) return
  throw new Problem(
    'invalid/header-invalid',
    `The header has ${howMany(mistakes)}; nothing was kept.`,
    mistakes,
  )
}
