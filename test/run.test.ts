import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import t from 'tap'

const root = resolve(import.meta.dirname, '..')

/** Runs test files as `npm test` runs all, in a folder of the project so that they find tap. */
function runTests(...bodies: string[]) {
  const folder = mkdtempSync(join(root, 'data-run-'))
  const files = bodies.map((body, index) => {
    const file = join(folder, `${index}.test.ts`)
    writeFileSync(file, `import t from 'tap'\nt.test('one', async (t) => { ${body} })\n`)
    return relative(root, file)
  })
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/help/run.ts', ...files], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  return { status, stdout: stdout + stderr }
}

t.test('a run of the tests ends with 0 when all pass', async (t) => {
  const { status, stdout } = runTests('t.ok(true)', 't.ok(true); t.equal(1, 1)')
  t.equal(status, 0, stdout)
  t.match(stdout, '3 assertions, 0 tests failed')
})

t.test('of a table of differences, some are shown in full and the rest by name', async (t) => {
  const { stdout } = runTests(
    `for (let row = 0; row < 40; row += 1) t.equal(row, -1, 'row ' + row)`,
  )
  t.equal(stdout.match(/--- expected/g)?.length, 10, 'five, where they fail and at the end')
  t.match(stdout, /And 35 more:\n +row 5\n +row 6\n/)
  t.match(stdout, '1 tests failed')
})

t.test('a run with a failure does not end with 0, and says what differed and where', async (t) => {
  const { status, stdout } = runTests(
    `t.same({ count: 41 }, { count: 42 }, 'as many as there are')`,
    `setTimeout(() => { throw new Error('thrown by nobody') }, 1); await new Promise((done) => setTimeout(done, 50))`,
    'await t.rejects(Promise.resolve())',
    't.ok(true)',
  )
  t.equal(status, 1)
  t.match(
    stdout,
    /as many as there are\n.*0\.test\.ts:2\n[\s\S]*-\s+"count": 42,\n\s+\+\s+"count": 41,/,
  )
  t.match(stdout, 'thrown by nobody')
  t.match(stdout, '3 tests failed')
})
