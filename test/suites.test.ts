import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { bothDatabases, kindOf, type Part, partsOf, testFiles } from './help/suites.ts'

const root = resolve(import.meta.dirname, '..')
const everyday = partsOf('everyday').map(({ file }) => file)
const exhaustive = partsOf('exhaustive').map(({ file }) => file)

t.test('every test file is run by a suite, and one that is exhaustive by that alone', async (t) => {
  const named = globSync('test/**/*.ts', { cwd: root }).filter((file) =>
    /^import t\b.* from 'tap'$/m.test(readFileSync(resolve(root, file), 'utf8')),
  )
  const all = testFiles()
  t.same(
    named.filter((file) => !all.includes(file)),
    ['test/help/make-dumps.ts'],
    'which is no test',
  )
  t.same(new Set([...everyday, ...exhaustive]), new Set(all))
  t.same(
    everyday,
    all.filter((file) => !file.endsWith('.exhaustive.ts')),
  )
})

t.test('what runs a test on both databases is known by its name', async (t) => {
  const files = globSync('test/**/*.ts', { cwd: root }).sort()
  const using = (name: string) =>
    files.filter((file) => readFileSync(resolve(root, file), 'utf8').includes(name))
  const helpers = using('onEachDatabase(').filter((file) => !testFiles().includes(file))
  t.same(helpers, [
    'test/bad-input/check-rows.ts',
    'test/conformance/requirements.ts',
    'test/help/databases.ts',
  ])
  t.match('onEachDatabase(', bothDatabases)
  t.match('checkRows(', bothDatabases)
  const own = testFiles().filter((file) =>
    /import \{[^}]*postgresDatabase/.test(readFileSync(resolve(root, file), 'utf8')),
  )
  for (const file of own) t.not(kindOf(file), 'everyday', `${file} opens PostgreSQL itself`)
})

const sample = `
import t from 'tap'
import { onEachDatabase } from '../test/help/databases.ts'
import { rest } from '../test/help/share.ts'
const inSuite = '$suite' !== 'all'
t.test('plain', async (t) => {
  if (inSuite) t.throws(() => onEachDatabase(t, 'within', async () => {}), /top of a file/)
})
rest(t).test('more', async (t) => t.pass('assertion'))
onEachDatabase(t, 'both', async (t) => t.pass('assertion'))
onEachDatabase(rest(t), 'more of both', async (t) => t.pass('assertion'))
`

/** Runs a test file in a process of its own; answers the titles of its tests. */
function titles(part: Part): string[] {
  const folder = mkdtempSync(join(root, 'data-run-'))
  const file = join(folder, 'sample.ts')
  const lead = join(folder, 'lead.ts')
  writeFileSync(file, sample.replace('$suite', part.suite))
  const group = pathToFileURL(join(root, 'test/help/group.ts')).href
  const parts = JSON.stringify([{ ...part, file: relative(root, file) }])
  writeFileSync(lead, `import { runFiles } from '${group}'\nawait runFiles(${parts})\n`)
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { stdout, status } = spawnSync(process.execPath, [lead], { env, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  if (status !== 0) throw new Error(stdout)
  return [...stdout.matchAll(/^ +# Subtest: (.*)$/gm)].map(([, title = '']) => title).sort()
}

t.test('each test of a file runs in one of the suites, and in no more', async (t) => {
  const all = titles({ file: '', suite: 'all', kind: 'everyday' })
  t.equal(all.length, 6)
  const both = ['both (PostgreSQL)', 'both (SQLite)']
  const more = ['more', 'more of both (PostgreSQL)', 'more of both (SQLite)']
  const of = (suite: Part['suite'], kind: Part['kind']) => titles({ file: '', suite, kind })
  t.same(of('everyday', 'everyday'), [both[1], 'plain'])
  t.same(of('exhaustive', 'everyday'), [both[0], ...more])
  t.same(of('everyday', 'contract'), [...both, 'plain'])
  t.same(of('exhaustive', 'contract'), more)
  t.same(of('exhaustive', 'exhaustive'), all)
})
