import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * `npm test` runs the everyday suite, `npm run test:exhaustive` all the rest. A test is of the exhaustive suite when its file is named
 * `*.exhaustive.ts`, when it is added to `rest(t)`, and when it is the PostgreSQL half of a test of `onEachDatabase` in a file that is
 * not part of the contract below. Every other test is of the everyday suite. So each test runs in one of the two.
 */
export type Suite = 'everyday' | 'exhaustive'

/** A test file, and which of its tests are to run: those of one suite, or all. */
export type Part = { file: string; suite: Suite | 'all'; kind: Kind }

/** Where the tests of a file belong: everyday on both databases, everyday on SQLite, or all in the exhaustive suite. */
export type Kind = 'contract' | 'everyday' | 'exhaustive'

/** The files that `npm test` runs on PostgreSQL too: where the databases differ, and a journey of each kind. */
export const contract = [
  'test/storage/{database,erase-questions,limits,namings-plan,upgrade,upgrades}.test.ts',
  'test/jobs/{claims,jobs,lanes,standing}.test.ts',
  'test/model/order.test.ts',
  'test/journeys/{intake,rules,renewal,reissue,people,operations}.test.ts',
  'test/candidate/{journey,erase}.test.ts',
]

/** Files that measure their own process, or change what the whole of it shares. No other file runs in their process. */
export const alone = [
  'test/model/order-*.exhaustive.ts',
  // Verifiers of others keep the keys of an address that they have seen.
  'test/conformance/independent/*.{test,exhaustive}.ts',
  'test/signing/withdrawn-states.exhaustive.ts',
]

const root = resolve(import.meta.dirname, '../..')
const found = (patterns: string[]) =>
  new Set(patterns.flatMap((each) => globSync(each, { cwd: root })))
const contractFiles = found(contract)
const aloneFiles = found(alone)

/** Every test file, from the root of the project. */
export function testFiles(): string[] {
  return globSync('test/**/*.{test,exhaustive}.ts', { cwd: root }).sort()
}

export function kindOf(file: string): Kind {
  if (file.endsWith('.exhaustive.ts')) return 'exhaustive'
  return contractFiles.has(file) ? 'contract' : 'everyday'
}

export const runsAlone = (file: string) => aloneFiles.has(file)

/** What a suite runs: each file that has tests of it. */
export function partsOf(suite: Suite): Part[] {
  return testFiles()
    .map((file) => ({ file, suite, kind: kindOf(file) }))
    .filter(({ file, kind }) =>
      suitesOf(kind, readFileSync(resolve(root, file), 'utf8')).has(suite),
    )
}

/** The suites that the tests of a file belong to, as its text shows. */
function suitesOf(kind: Kind, text: string): Set<Suite> {
  if (kind === 'exhaustive') return new Set(['exhaustive'])
  const more = /\brest\(t\)/.test(text) || (kind === 'everyday' && bothDatabases.test(text))
  return new Set(more ? ['everyday', 'exhaustive'] : ['everyday'])
}

/** What runs a test on both databases; `suites.test.ts` holds that there is nothing else. */
export const bothDatabases = /\b(onEachDatabase|checkRows)\(/
