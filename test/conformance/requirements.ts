import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { testFiles } from '../help/suites.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8')

/** The number of every requirement of the checklist, in its order. */
export function requirements(): string[] {
  const lines = read('docs/conformance.md').matchAll(/^(\d+\.\d+) \S/gm)
  return [...lines].map(([, number]) => number ?? '')
}

// A title stands after `test(` or `onEachDatabase(t,`, or is the key of a case in a table of cases.
const titles = [
  /\b(?:test\(|onEachDatabase\(\s*[\w()]+,)\s*(['"`])((?:\d+\.\d+ )+)/g,
  /^\s+(['"])((?:\d+\.\d+ )+)[^\n]*\1: /gm,
]

/** The numbers that begin a title in the source of a test. */
export function citedIn(source: string): string[] {
  const heads = titles.flatMap((title) => [...source.matchAll(title)])
  return heads.flatMap(([, , numbers = '']) => numbers.trim().split(' '))
}

/** Every number that a test title cites, with the files that do. */
export function citations(): Map<string, string[]> {
  const cited = new Map<string, string[]>()
  for (const file of testFiles())
    for (const number of new Set(citedIn(read(file))))
      cited.set(number, [...(cited.get(number) ?? []), file])
  return cited
}
