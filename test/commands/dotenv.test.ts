import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import t from 'tap'
import { commandFlags } from '../help/command.ts'

const root = resolve(import.meta.dirname, '../..')

t.test(
  'npm start and every command read .env; the environment wins, and an unreadable file stops them',
  async (t) => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const first = '--import ./src/dotenv.ts'
    for (const name of ['start', 'dev', 'keys', 'api-key', 'import', 'installation', 'jobs'])
      t.ok(scripts[name].includes(first), name)
    t.notOk(scripts.demo.includes(first), 'the demo is nobody’s installation')
    for (const [name, script] of Object.entries<string>(scripts))
      if (script.includes('src/commands/'))
        t.ok(script.startsWith(`node ${commandFlags.join(' ')} `), name)
    const cwd = mkdtempSync(join(tmpdir(), 'blazon-env-'))
    t.teardown(() => rmSync(cwd, { recursive: true, force: true }))
    const read = (env: Record<string, string> = {}) =>
      spawnSync(
        process.execPath,
        ['--import', join(root, 'src/dotenv.ts'), '-p', 'process.env.PUBLIC_URL'],
        { cwd, encoding: 'utf8', env: { PATH: process.env.PATH ?? '', ...env } },
      )
    t.match(read(), { status: 0, stdout: 'undefined\n', stderr: '' }, 'no file, no word')
    writeFileSync(join(cwd, '.env'), 'PUBLIC_URL=https://a.example\n')
    t.match(read(), { status: 0, stdout: 'https://a.example\n' })
    t.match(read({ PUBLIC_URL: 'https://b.example' }), { stdout: 'https://b.example\n' })
    rmSync(join(cwd, '.env'))
    mkdirSync(join(cwd, '.env'))
    t.match(read(), { status: 1, stderr: /\.env cannot be read, so nothing was done/ })
  },
)
