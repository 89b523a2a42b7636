import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

const root = resolve(import.meta.dirname, '..')

/** Runs one test file as `npm test` runs all, in a folder of the project so that it finds tap. */
function runTest(body: string) {
  const folder = mkdtempSync(join(root, 'data-run-'))
  const file = join(folder, 'one.test.ts')
  writeFileSync(file, `import t from 'tap'\nt.test('one', async (t) => { ${body} })\n`)
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { status } = spawnSync(
    process.execPath,
    ['--test', '--test-global-setup=test/help/postgres.ts', file],
    { cwd: root, env, stdio: 'ignore' },
  )
  rmSync(folder, { recursive: true })
  return status
}

t.test('a run of the tests ends with 0 when all pass, and not when one fails', async (t) => {
  t.equal(runTest('t.ok(true)'), 0)
  t.equal(runTest('t.ok(false)'), 1)
})
