import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { compromiseKeys, initKeyring, rotateKeyring } from '../../src/signing/change-keyring.ts'
import { loadKeyring } from '../../src/signing/keyring.ts'
import { connectDatabase } from '../../src/storage/database.ts'
import { dump } from '../bad-input/world.ts'
import { command } from '../help/command.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { issue, passEvent, post, settingsOf, start, testKeys } from '../help/start.ts'

const now = '2026-11-22T00:00:00Z'
const past = { startedAt: '2026-11-20T09:00:00Z', endedAt: '2026-11-20T10:00:00Z' }

function folder(t: Test) {
  const dir = mkdtempSync(join(tmpdir(), 'blazon-lost-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const absent = (path: string) => rmSync(path)
const unreadable = {
  'a folder in its place': (path: string) => {
    rmSync(path)
    mkdirSync(path)
  },
  'a link that leads to itself': (path: string) => {
    rmSync(path)
    symlinkSync(path, path)
  },
}

t.test('a file of a ring that cannot be read is never taken for an absent one', async (t) => {
  const whole = join(folder(t as Test), 'whole')
  await initKeyring(whole, { now })
  for (const file of [
    'keyring.json',
    'ed25519-1.pem',
    'rsa-2.pem',
    'certificate.pem',
    'certificate.key',
    'identity.key',
  ])
    for (const [how, spoil] of Object.entries(unreadable)) {
      const dir = join(folder(t as Test), 'ring')
      cpSync(whole, dir, { recursive: true })
      spoil(join(dir, file))
      const message = new RegExp(`${file} cannot be read \\((EISDIR|ELOOP)\\)`)
      await t.rejects(loadKeyring(dir), { message }, `${file}: ${how}`)
    }
})

t.test('a lost private key: what docs/keys.md says to do lets Blazon start again', async (t) => {
  for (const [file, mend] of [
    ['ed25519-1.pem', (dir: string) => rotateKeyring(dir, { now })],
    ['rsa-1.pem', (dir: string) => rotateKeyring(dir, { now })],
    ['rsa-2.pem', (dir: string) => compromiseKeys(dir, ['rsa-2'], { now })],
  ] as const) {
    const dir = join(folder(t as Test), 'ring')
    await initKeyring(dir, { now })
    absent(join(dir, file))
    await t.rejects(loadKeyring(dir), { message: new RegExp(`${file} is missing`) })
    await mend(dir)
    await t.resolves(loadKeyring(dir), file)
  }
})

/** A database in which a person was erased, with the copy of the test ring that it was started with. */
async function erased(t: Test, database: Database) {
  const keys = join(folder(t), 'keys')
  cpSync(testKeys, keys, { recursive: true })
  const settings = { ...settingsOf(database.url), KEYS_DIR: keys }
  const blazon = await start(t, { database, settings, keepOpen: true })
  await issue(blazon, past)
  const answer = await blazon.app.inject({
    method: 'POST',
    url: '/v1/candidates/webassessor/C-778/erase',
    headers: blazon.auth,
    payload: { copies: 'revoke' },
  })
  t.equal(answer.statusCode, 200, answer.body)
  await blazon.close()
  return { keys, settings }
}

async function rowsOf({ url }: Database) {
  const db = await connectDatabase(url)
  const rows = await dump(db)
  await db.destroy()
  return rows
}

onEachDatabase(
  rest(t),
  'no start, and no command that acts, without the secret or with another one, while anything rests on it',
  async (t, database) => {
    const { keys, settings } = await erased(t, database)
    const before = await rowsOf(database)
    const rows = join(keys, 'rows.ndjson')
    writeFileSync(rows, JSON.stringify(passEvent(past)))
    const path = join(keys, 'identity.key')
    for (const [spoil, says] of [
      [absent, /identity\.key is missing, and the database holds records/],
      [
        (file: string) => writeFileSync(file, `${Buffer.alloc(32, 7).toString('base64url')}\n`),
        /identity\.key is another secret, and the database holds records/,
      ],
      [(file: string) => writeFileSync(file, 'c2hvcnQ\n'), /identity\.key is not whole/],
      [unreadable['a folder in its place'], /identity\.key cannot be read \(EISDIR\)/],
    ] as const) {
      spoil(path)
      for (const [file, args] of [
        ['main.ts', []],
        ['commands/import.ts', [rows]],
        ['commands/jobs.ts', ['retry', '--kind', 'mail']],
        ['commands/api-key.ts', ['create', '--name', 'x', '--scope', 'review']],
      ] as const) {
        const { code, err } = await command(file, [...args], settings)
        t.equal(code, 1, file)
        t.match(err, says, file)
      }
      rmSync(path, { recursive: true, force: true })
      cpSync(join(testKeys, 'identity.key'), path)
    }
    t.strictSame(await rowsOf(database), before)
    const blazon = await start(t, { database, settings })
    const answer = await post(blazon, passEvent(past))
    t.notOk(answer.body.badge, 'with the secret, who was erased stays erased')
  },
)

onEachDatabase(
  rest(t),
  'a secret that is lost for good is given up on purpose, and never by accident',
  async (t, database) => {
    const { keys, settings } = await erased(t, database)
    absent(join(keys, 'identity.key'))
    t.match(await command('commands/keys.ts', ['identity'], settings), { code: 0 })
    t.match(await command('main.ts', [], settings), { code: 1, err: /is another secret/ })
    const shown = await command('commands/installation.ts', ['change'], settings)
    t.match(shown, {
      code: 1,
      out: /depends? on the former identity\.key: erased people come back/,
    })
    const changed = await command('commands/installation.ts', ['change', '--yes'], settings)
    t.equal(changed.code, 0, changed.err)
    const blazon = await start(t, { database, settings, keepOpen: true })
    await blazon.close()
    absent(join(keys, 'identity.key'))
    const again = await command('main.ts', [], settings)
    t.match(again, { code: 1, err: /identity\.key is missing, and this ring had one/ })
  },
)

onEachDatabase(
  rest(t),
  'a database that knows a certificate does not start without it: PDFs would go out unsigned',
  async (t, database) => {
    const { keys, settings } = await erased(t, database)
    absent(join(keys, 'certificate.pem'))
    const lost = await command('main.ts', [], settings)
    t.match(lost, { code: 1, err: /certificate\.pem is missing, and PDFs would go out unsigned/ })
    t.match(await command('commands/keys.ts', ['certificate'], settings), { code: 0 })
    const blazon = await start(t, { database, settings })
    t.ok(blazon.tools.keyring.certificate)
  },
)
