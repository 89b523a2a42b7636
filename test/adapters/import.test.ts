import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import t, { type Test } from 'tap'
import { rotateKeyring } from '../../src/signing/change-keyring.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { command, commandFlags } from '../help/command.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { environment } from '../help/environment.ts'
import { rest } from '../help/share.ts'
import {
  adaptersExample,
  examplesProgramme,
  passEvent,
  testKeys,
  withAdapters,
} from '../help/start.ts'

const sample = join(adaptersExample, 'samples/pearson-vue.csv')

function scene(t: Test, database?: Database) {
  const dir = mkdtempSync(join(tmpdir(), 'blazon-import-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  const url = database?.url ?? `sqlite:${join(dir, 'blazon.db')}`
  const settings = {
    DATABASE_URL: url,
    KEYS_DIR: testKeys,
    PROGRAMME_FILE: examplesProgramme,
    ...withAdapters,
  }
  const run = (...args: string[]) => command('commands/import.ts', args, settings)
  return { dir, url, run }
}

onEachDatabase(
  t,
  'import takes a vendor’s file into the database, writes the report, and ends with 1 when a row is refused',
  async (t, database) => {
    const { dir, url, run } = scene(t, database)
    const out = join(dir, 'report.csv')
    const first = await run(sample, '--adapter', 'pearson-vue', '--report', out)
    t.equal(first.code, 1, first.err)
    t.match(first.out, /4 rows: 3 accepted, 0 replayed, 0 parked, 1 refused, 0 failed/)
    t.match(first.out, /row 5: The row has a mistake\.\n {4}\/endedAt: endedAt is missing/)
    const rows = parse(readFileSync(out), { bom: true, columns: true }) as { outcome: string }[]
    t.same(
      rows.map(({ outcome }) => outcome),
      ['accepted', 'accepted', 'accepted', 'refused'],
    )
    t.notOk(existsSync(`${out}.part`))
    const mended = join(dir, 'mended.csv')
    writeFileSync(
      mended,
      readFileSync(sample, 'utf8').replace('13:00,,', '13:00,20-Nov-2026 14:00,'),
    )
    const again = await run(mended, '--adapter', 'pearson-vue')
    t.equal(again.code, 0, again.err)
    t.match(again.out, /1 accepted, 3 replayed/)
    const db = await openDatabase(url)
    const from = await db.selectFrom('result_message').select('received_from').distinct().execute()
    t.same(from, [{ received_from: 'command-line' }])
    await db.destroy()
  },
)

rest(t).test('without an adapter it takes our own NDJSON and CSV', async (t) => {
  const { dir, run } = scene(t as Test)
  const past = { startedAt: '2026-11-20T09:00:00Z', endedAt: '2026-11-20T10:00:00Z' }
  writeFileSync(join(dir, 'a.ndjson'), `${JSON.stringify(passEvent(past))}\n`)
  writeFileSync(
    join(dir, 'a.csv'),
    'source,resultId,revision,exam,outcome,endedAt,released,candidate.id,candidate.fullName,candidate.email\nx,R-1,1,PR000001,failed,2026-11-20T10:00:00Z,true,C-1,Li Na,li.na@example.com\n',
  )
  for (const name of ['a.ndjson', 'a.csv']) {
    const { code, out, err } = await run(join(dir, name))
    t.equal(code, 0, err)
    t.match(out, /1 row: 1 accepted/)
  }
})

rest(t).test('what cannot be taken is said in a sentence, and leaves no report', async (t) => {
  const { dir, run } = scene(t as Test)
  const out = join(dir, 'report.csv')
  const rows: [string[], RegExp][] = [
    [[], /Say which file to take/],
    [['a', 'b'], /Say which file to take/],
    [[join(dir, 'none.csv')], /none\.csv cannot be read/],
    [[sample, '--adapter', 'prometric', '--report', out], /There is no adapter of this name/],
    [[sample, '--report', out], /The header has \d+ mistakes/],
    [[sample, '--report', '/nowhere/out.csv'], /The report \/nowhere\/out\.csv cannot be written/],
    [['--frobnicate'], /Unknown option/],
  ]
  for (const [args, says] of rows) {
    const { code, err } = await run(...args)
    t.equal(code, 1, args.join(' '))
    t.match(err, says)
    t.notMatch(err, /\n {4}at /, 'no stack')
  }
  t.notOk(existsSync(out) || existsSync(`${out}.part`))
  const { code, out: help } = await run('--help')
  t.equal(code, 0)
  t.match(help, /npm run import/)
})

/** Rows of so many candidates, each as the changes say. */
function manyRows(count: number, ...changes: Record<string, unknown>[]) {
  const { candidate } = passEvent()
  const rows = Array.from({ length: count }, (_, at) =>
    changes.map((change) =>
      passEvent({
        resultId: `R-${at}`,
        candidate: { ...candidate, id: `C-${at}`, email: `c${at}@example.com` },
        ...change,
      }),
    ),
  )
  return rows.flat().map((row) => JSON.stringify(row))
}

/** An import that runs by itself, and the database that it fills. */
async function running(t: Test, { url, keys }: { url: string; keys: string }, args: string[]) {
  const db = await openDatabase(url)
  t.teardown(() => db.destroy())
  const signed = () =>
    db
      .selectFrom('credential')
      .select('data_integrity_key as key')
      .where('data_integrity_key', 'is not', null)
      .execute()
  const child = spawn(process.execPath, [...commandFlags, 'src/commands/import.ts', ...args], {
    env: {
      ...environment,
      DATABASE_URL: url,
      KEYS_DIR: keys,
      PROGRAMME_FILE: examplesProgramme,
    },
  })
  t.teardown(() => child.kill('SIGKILL'))
  return { db, signed, child, ended: once(child, 'exit') }
}

rest(t).test('a ring that is changed while import runs is taken up by it, too', async (t) => {
  const { dir, url } = scene(t as Test)
  const keys = join(dir, 'keys')
  cpSync(testKeys, keys, { recursive: true })
  const lines = manyRows(300, {})
  const file = join(dir, 'many.ndjson')
  writeFileSync(file, lines.join('\n'))
  const { signed, child, ended } = await running(t as Test, { url, keys }, [file])
  while (child.exitCode === null && (await signed()).length === 0) await sleep(5)
  await rotateKeyring(keys, { now: '2026-11-22T04:00:00Z' })
  child.kill('SIGHUP')
  t.same(await ended, [0, null])
  const found = (await signed()).map(({ key }) => key)
  t.equal(found.length, lines.length)
  t.same(new Set(found), new Set(['ed25519-1', 'ed25519-2']))
})

onEachDatabase(
  rest(t),
  'an import that is killed half-way is run again: its report has every row, and says which were kept before',
  async (t, database) => {
    const { dir, url, run } = scene(t, database)
    const out = join(dir, 'report.csv')
    const file = join(dir, 'many.ndjson')
    // Told twice, so that the kill may part what belongs together.
    const lines = manyRows(150, { released: false }, { revision: 2 })
    writeFileSync(file, lines.join('\n'))
    const args = [file, '--report', out]
    const { db, signed, child, ended } = await running(t, { url, keys: testKeys }, args)
    while (child.exitCode === null && (await signed()).length < 20) await sleep(5)
    child.kill('SIGKILL')
    t.same(await ended, [null, 'SIGKILL'])
    t.notOk(existsSync(out), 'no report says that it is done')
    const messages = () =>
      db.selectFrom('result_message').select(['result_id', 'revision']).execute()
    const before = (await messages()).length
    t.ok(before >= 20 && before < lines.length, `killed after ${before} rows`)
    const again = await run(...args)
    t.equal(again.code, 0, again.err)
    const rows = parse(readFileSync(out), { bom: true, columns: true }) as { outcome: string }[]
    t.equal(rows.length, lines.length)
    const replayed = rows.filter(({ outcome }) => outcome === 'replayed').length
    t.ok(replayed >= before, `${replayed} rows are replayed`)
    t.equal(rows.filter(({ outcome }) => outcome === 'accepted').length, lines.length - replayed)
    t.match(again.out, new RegExp(`${lines.length - replayed} accepted, ${replayed} replayed, 0 p`))
    t.notOk(existsSync(`${out}.part`))
    t.equal((await messages()).length, lines.length, 'each row is kept once')
    const live = await db
      .selectFrom('badge')
      .select('result_id')
      .where('issued_at', 'is not', null)
      .where('revoked_at', 'is', null)
      .execute()
    t.equal(new Set(live.map(({ result_id }) => result_id)).size, 150)
    t.equal(live.length, 150, 'and each result has one badge')
  },
)
