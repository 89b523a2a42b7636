import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { initKeyring } from '../../src/signing/change-keyring.ts'
import { connectDatabase } from '../../src/storage/database.ts'
import { planJobs } from '../../src/storage/jobs/jobs.ts'
import { dump } from '../bad-input/world.ts'
import type { Database } from '../help/databases.ts'
import { changedProgramme } from '../help/programme.ts'
import { adaptersExample, passEvent, post, publicUrl, start, testKeys } from '../help/start.ts'

const past = { startedAt: '2026-11-20T09:00:00Z', endedAt: '2026-11-20T10:00:00Z' }

/** An installation of its own programme and ring, with a parked pass, a failed mail and a poll. */
export async function installation(t: Test, database: Database) {
  const dir = mkdtempSync(join(tmpdir(), 'blazon-installation-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  const keys = join(dir, 'keys')
  cpSync(testKeys, keys, { recursive: true })
  const programme = changedProgramme(t, (file) => {
    file.certificationPrefix = 'ACM'
    file.issuer.url = 'https://certification.acme.example'
  })
  const settings = {
    PUBLIC_URL: publicUrl,
    DATABASE_URL: database.url,
    KEYS_DIR: keys,
    PROGRAMME_FILE: programme,
    ADAPTERS_DIR: adaptersExample,
    ADAPTER_TOKENS: 'kryterion=sample-token,certiverse=sample-token',
    MAIL_DIR: join(dir, 'mails'),
  }
  const blazon = await start(t, { database, settings, keepOpen: true })
  await post(blazon, passEvent(past))
  await post(
    blazon,
    passEvent({
      ...past,
      resultId: 'R-2',
      exam: 'PR000002',
      candidate: { id: 'C-2', fullName: 'Li Na', email: 'li.na@example.com' },
    }),
  )
  // As after a crash: a pass on record that was never signed.
  await blazon.tools.db
    .updateTable('result')
    .set({ state: 'waiting' })
    .where('result_id', '=', 'R-2')
    .execute()
  const at = blazon.clock.now()
  await planJobs(blazon.tools.db, [{ kind: 'mail', key: 'mail:x:earned', payload: {}, runAt: at }])
  await blazon.tools.db
    .updateTable('job')
    .set({ state: 'failed' })
    .where('key', '=', 'mail:x:earned')
    .execute()
  await blazon.tools.db
    .insertInto('poll')
    .values({
      adapter: 'kryterion',
      cursor: 'c',
      polled_at: at,
      asked: null,
      refused_at: at,
      refused_from: 'b',
    })
    .execute()
  await blazon.close()
  const rows = join(dir, 'rows.ndjson')
  const candidate = { id: 'C-3', fullName: 'Wang Wei', email: 'wang.wei@example.com' }
  writeFileSync(rows, JSON.stringify(passEvent({ ...past, resultId: 'R-3', candidate })))
  return { dir, keys, rows, settings }
}

export type Scene = Awaited<ReturnType<typeof installation>>

/** Everything that a command could change: each row, the ring's files, mails. */
export async function everything({ keys, settings }: Scene) {
  const db = await connectDatabase(settings.DATABASE_URL)
  const rows = await dump(db)
  await db.destroy()
  const ring = Object.fromEntries(
    readdirSync(keys).map((name) => [name, readFileSync(join(keys, name), 'latin1')]),
  )
  return { rows, ring, mails: existsSync(settings.MAIL_DIR) ? readdirSync(settings.MAIL_DIR) : [] }
}

/** Commands that act, and what they are called with. */
export const acting = ({ rows, keys }: Scene): [string, string[]][] => [
  ['main.ts', []],
  ['commands/import.ts', [rows]],
  ['commands/import.ts', [rows, '--adapter', 'none']],
  ['commands/keys.ts', ['rotate']],
  ['commands/keys.ts', ['rotate', '--dir', keys]],
  ['commands/keys.ts', ['compromise', 'rsa-1', '--yes', '--dir', keys]],
  ['commands/keys.ts', ['certificate', '--dir', keys]],
  ['commands/keys.ts', ['identity', '--dir', keys]],
  ['commands/jobs.ts', ['retry', 'mail:x:earned']],
  ['commands/jobs.ts', ['retry', '--kind', 'mail']],
  ['commands/jobs.ts', ['cancel', 'mail:x:earned']],
  ['commands/jobs.ts', ['again', 'poll:kryterion']],
  ['commands/api-key.ts', ['create', '--name', 'x', '--scope', 'review']],
  ['commands/api-key.ts', ['revoke', 'test', '--yes']],
  ['commands/api-key.ts', ['rotate', 'test', '--yes']],
  ['commands/installation.ts', ['change']],
  ['commands/demo.ts', ['--once']],
]

export async function strangers(t: Test, { dir, settings }: Scene) {
  const ring = join(dir, 'other-keys')
  await initKeyring(ring, { now: '2026-11-22T00:00:00Z' })
  const programme = changedProgramme(t, (file) => {
    file.certificationPrefix = 'OTH'
  })
  return [
    { what: 'no PUBLIC_URL', change: { PUBLIC_URL: '' } },
    { what: 'another PUBLIC_URL', change: { PUBLIC_URL: 'https://other.example.test' } },
    { what: 'no KEYS_DIR', change: { KEYS_DIR: '' } },
    { what: 'another KEYS_DIR', change: { KEYS_DIR: ring } },
    { what: 'no PROGRAMME_FILE', change: { PROGRAMME_FILE: '' } },
    { what: 'another PROGRAMME_FILE', change: { PROGRAMME_FILE: programme } },
    { what: 'DATABASE_URL alone', change: { PUBLIC_URL: '', KEYS_DIR: '', PROGRAMME_FILE: '' } },
  ].map(({ what, change }) => ({ what, env: { ...settings, ...change } }))
}
