import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import t from 'tap'

const root = resolve(import.meta.dirname, '../..')

/** Where a process that starts as Blazon does keeps its compiled modules. */
function folderOf(env: Record<string, string> = {}) {
  const print = "import('node:module').then((m) => console.log(m.getCompileCacheDir()))"
  return execFileSync(
    process.execPath,
    ['--import', join(root, 'src/compiled.js'), '--eval', print],
    { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', ...env } },
  ).trim()
}

t.test('npm start and every command keep compiled modules', async (t) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const [name, script] of Object.entries<string>(scripts))
    if (script.includes(' src/'))
      t.ok(script.includes(' --import ./src/compiled.js '), `${name}, before all TypeScript`)
})

t.test('compiled modules are beside the code, or where the environment says', async (t) => {
  t.match(folderOf(), join(root, 'node_modules/.cache/blazon'))
  const folder = mkdtempSync(join(tmpdir(), 'blazon-compiled-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  t.match(folderOf({ NODE_COMPILE_CACHE: folder }), folder)
  t.equal(folderOf({ NODE_DISABLE_COMPILE_CACHE: '1' }), 'undefined')
})
