import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

const root = resolve(import.meta.dirname, '../..')
const golden = new URL('problem-codes.txt', import.meta.url)

// A code is a promise to programs: it may be added, but not renamed. WRITE_GOLDEN=1 adds the new ones.
const write = process.env.WRITE_GOLDEN === '1' && !process.env.CI

/** Every code in the source: of problems, with their kinds, and of single mistakes. */
function codesInSource(): string[] {
  const files = ['src', 'schemas'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  )
  const kinds =
    'invalid|malformed|unauthenticated|forbidden|not-found|conflict|too-large|unsupported-type|too-many|unavailable|not-offered'
  const found = files.flatMap((text) => [
    ...[...text.matchAll(new RegExp(`'((?:${kinds})/[a-z0-9-]+)'`, 'g'))].map(([, code]) => code),
    ...[...text.matchAll(/\bcode: '([a-z0-9-]+)'/g)].map(([, code]) => code),
  ])
  return [...new Set(found.map(String))].toSorted()
}

t.test('no code of a problem was renamed, and none is new without being on record', async (t) => {
  const codes = codesInSource()
  if (write) writeFileSync(golden, `${codes.join('\n')}\n`)
  t.ok(existsSync(golden))
  t.same(codes, readFileSync(golden, 'utf8').trim().split('\n'))
})

t.test('a code belongs to one kind', async (t) => {
  const kinds = Map.groupBy(
    codesInSource().filter((code) => code.includes('/')),
    (code) => code.split('/')[1],
  )
  t.same(
    [...kinds.values()].filter((codes) => codes.length > 1),
    [],
  )
})
