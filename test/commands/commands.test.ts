import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { loadKeyring } from '../../src/signing/keyring.ts'
import { command } from '../help/command.ts'
import { freePort } from '../help/free-port.ts'
import { kill, startServer } from '../help/server.ts'
import { rest } from '../help/share.ts'
import { passEvent } from '../help/start.ts'

const root = resolve(import.meta.dirname, '../..')

function folder(t: Test) {
  const path = mkdtempSync(join(tmpdir(), 'blazon-command-'))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

rest(t).test(
  'keys -- init makes a ring that Blazon loads, readable by its owner alone, and never writes over one',
  async (t) => {
    const dir = join(folder(t as Test), 'keys')
    const made = await command('commands/keys.ts', ['init', '--dir', dir])
    t.equal(made.code, 0, made.err)
    t.match(made.out, /KEYS_DIR=.* npm start/)
    t.equal(statSync(join(dir, 'rsa-1.pem')).mode & 0o777, 0o600)
    const ring = await loadKeyring(dir)
    t.equal(ring.example, false)
    const before = readFileSync(join(dir, 'keyring.json'), 'utf8')
    const again = await command('commands/keys.ts', ['init', '--dir', dir])
    t.equal(again.code, 1)
    t.match(again.err, /already has a key ring/)
    t.equal(readFileSync(join(dir, 'keyring.json'), 'utf8'), before)
  },
)

rest(t).test('keys -- rotate: a running Blazon takes the ring up at once on SIGHUP', async (t) => {
  const folders = folder(t as Test)
  const dir = join(folders, 'keys')
  await command('commands/keys.ts', ['init', '--dir', dir])
  const settings = { KEYS_DIR: dir, LOG_LEVEL: 'info' }
  const server = await startServer(`sqlite:${join(folders, 'a.db')}`, await freePort(), settings)
  t.teardown(() => kill(server))
  const answers = async (key: string) => (await fetch(`${server.origin}/keys/${key}`)).status
  t.equal(await answers('rsa-3'), 404)
  const rotated = await command('commands/keys.ts', ['rotate'], { KEYS_DIR: dir })
  t.equal(rotated.code, 0, rotated.err)
  t.match(rotated.out, /rsa-1 .*retired: signs no more, published for ever/)
  server.child.kill('SIGHUP')
  await until(async () => (await answers('rsa-3')) === 200, 5)
  t.match(server.output(), /a changed key ring was loaded/)
  const refused = await command('commands/keys.ts', ['compromise', 'rsa-1'], { KEYS_DIR: dir })
  t.equal(refused.code, 1)
  t.match(refused.err, /add --yes/)
  t.equal(await answers('rsa-1'), 200)
  for (const more of [[], ['--yes']]) {
    const keys = ['compromise', 'rsa-1', 'rsa-9', 'UNKNOWN']
    const strange = await command('commands/keys.ts', [...keys, ...more], { KEYS_DIR: dir })
    t.equal(strange.code, 1)
    t.match(strange.err, /has no key named rsa-9 or UNKNOWN\. Nothing was changed/)
    t.notMatch(strange.err, /add --yes/)
  }
  const done = await command('commands/keys.ts', ['compromise', 'rsa-1', '--yes', '--dir', dir])
  t.equal(done.code, 0, done.err)
  server.child.kill('SIGHUP')
  await until(async () => (await answers('rsa-1')) === 404, 5)
  const listed = await command('commands/keys.ts', ['list', '--dir', dir])
  t.match(listed.out, /rsa-1 .*compromised: withdrawn/)
})

/** Waits until it is so; rejects after so many seconds. */
async function until(isSo: () => Promise<boolean>, seconds: number) {
  for (const end = Date.now() + seconds * 1000; !(await isSo()); await sleep(100))
    if (Date.now() > end) throw new Error(`not so after ${seconds} s`)
}

t.test(
  'api-key -- create shows the key once, alone on the last line, and it lets results in',
  async (t) => {
    const url = `sqlite:${join(folder(t as Test), 'blazon.db')}`
    const made = await command(
      'commands/api-key.ts',
      ['create', '--name', 'exams', '--scope', 'results:write', '--scope', 'badges:read'],
      { DATABASE_URL: url },
    )
    t.equal(made.code, 0, made.err)
    const key = made.out.trimEnd().split('\n').at(-1) ?? ''
    t.match(key, /^blazon_[0-9a-f]{12}_[0-9a-f]{64}$/)
    const server = await startServer(url, await freePort())
    t.teardown(() => kill(server))
    const answer = await fetch(`${server.origin}/v1/exam-results`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(
        passEvent({ startedAt: '2026-11-20T09:00:00Z', endedAt: '2026-11-20T10:00:00Z' }),
      ),
    })
    t.equal(answer.status, 201)
  },
)

rest(t).test('a command that is not understood says how it is used, and ends with 1', async (t) => {
  for (const [file, args, says] of [
    ['commands/keys.ts', [], /init --dir DIR/],
    ['commands/keys.ts', ['init'], /init --dir DIR/],
    ['commands/keys.ts', ['--frobnicate'], /Unknown option/],
    ['commands/api-key.ts', ['create', '--name', 'x'], /--scope SCOPE/],
    [
      'commands/api-key.ts',
      ['create', '--name', 'x', '--scope', 'everything'],
      /There is no scope everything/,
    ],
  ] as const) {
    const { code, err } = await command(file, [...args])
    t.equal(code, 1)
    t.match(err, says)
  }
  for (const file of [
    'commands/keys.ts',
    'commands/api-key.ts',
    'commands/jobs.ts',
    'commands/demo.ts',
  ]) {
    const { code, out } = await command(file, ['--help'])
    t.equal(code, 0)
    t.match(out, /npm run/)
  }
})

rest(t).test(
  'npm start refuses the example keys, and no keys, at an address that others reach, and prints the command that makes a ring',
  async (t) => {
    const dir = folder(t as Test)
    const settings = {
      PUBLIC_URL: 'https://badges.example.test',
      DATABASE_URL: `sqlite:${join(dir, 'x.db')}`,
    }
    const example = await command('main.ts', [], settings)
    t.equal(example.code, 1)
    t.match(example.err, /npm run keys -- init --dir/)
    const none = await command('main.ts', [], { ...settings, KEYS_DIR: join(dir, 'none') })
    t.equal(none.code, 1)
    t.match(none.err, /npm run keys -- init --dir/)
    t.notOk(existsSync(join(dir, 'x.db')), 'and nothing was written')
  },
)

t.test('npm start names every wrong setting at once', async (t) => {
  const { code, err } = await command('main.ts', [], {
    PUBLIC_URL: 'http://badges.example.test',
    PORT: 'x',
    LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://x',
  })
  t.equal(code, 1)
  for (const name of ['PUBLIC_URL', 'PORT', 'LOG_LEVEL', 'DATABASE_URL']) t.match(err, `${name}:`)
})

t.test('the demo ends with 0, and leaves a badge in every form', async (t) => {
  const cwd = folder(t as Test)
  const settings = {
    PORT: String(await freePort()),
    DATABASE_URL: `sqlite:${join(cwd, 'demo.db')}`,
    KEYS_DIR: join(root, 'keys.example'),
    PROGRAMME_FILE: join(root, 'programme.example/programme.json'),
  }
  const { code, out, err } = await command('commands/demo.ts', ['--once'], settings, cwd)
  t.equal(code, 0, err)
  t.match(out, /The badge page +http:\/\/localhost:\d+\/b\/[\w-]{22}/)
  for (const name of [
    'badge.png',
    'badge.svg',
    'badge-ob2.svg',
    'credential.json',
    'credential.jwt',
    'assertion.json',
    'assertion.jws',
    'page.html',
    'picture.png',
  ])
    t.ok(statSync(join(cwd, 'demo-out', name)).size > 100, name)
})
