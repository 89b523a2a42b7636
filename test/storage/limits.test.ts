import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { openDatabase } from '../../src/storage/database.ts'
import { openSqlite } from '../../src/storage/sqlite.ts'
import { postgresDatabase, sqliteDatabase } from '../help/databases.ts'
import { type Started, start } from '../help/start.ts'

const limits = { pool: 2, connectTimeout: 0.2, statementTimeout: 0.2, idleTimeout: 0.2 }

t.test(
  'a statement that takes too long ends as unavailable, and the next one is answered',
  async (t) => {
    const { url } = await postgresDatabase(t as Test)
    const db = await openDatabase(url, limits)
    t.teardown(() => db.destroy())
    await t.rejects(sql`select pg_sleep(30)`.execute(db), {
      kind: 'unavailable',
      message: /Send the request again/,
      cause: { code: '57014' },
    })
    t.match(await sql`select 1 as one`.execute(db), { rows: [{ one: 1 }] })
  },
)

t.test('a pool whose connections are all taken answers unavailable within its time', async (t) => {
  const { url } = await postgresDatabase(t as Test)
  const db = await openDatabase(url, { ...limits, statementTimeout: 0 })
  t.teardown(() => db.destroy())
  const sleeping = [1, 2].map(() => sql`select pg_sleep(0.6)`.execute(db))
  await t.rejects(sql`select 1`.execute(db), { message: /busy or out of reach/ })
  await Promise.all(sleeping)
  t.match(await sql`select 1 as one`.execute(db), { rows: [{ one: 1 }] })
})

t.test(
  'a transaction that stands still is ended by the server, and the process goes on',
  async (t) => {
    const { url } = await postgresDatabase(t as Test)
    const db = await openDatabase(url, { ...limits, statementTimeout: 0 })
    t.teardown(() => db.destroy())
    const still = db.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx)
      await pause(600)
      await sql`select 1`.execute(tx)
    })
    await t.rejects(still, { message: /busy or out of reach/ })
    t.match(await sql`select 1 as one`.execute(db), { rows: [{ one: 1 }] })
  },
)

t.test('a start waits for a migration as long as it takes', async (t) => {
  const { url } = await postgresDatabase(t as Test)
  const first = await openDatabase(url)
  t.teardown(() => first.destroy())
  const held = first.transaction().execute(async (tx) => {
    await sql`lock table kysely_migration in access exclusive mode`.execute(tx)
    await pause(600)
  })
  let over = false
  const end = held.then(() => {
    over = true
  })
  await pause(100)
  const second = await openDatabase(url, limits)
  t.equal(over, true, 'longer than any of its limits')
  await end
  await second.destroy()
})

/** Asks for a page whose look-up needs a connection. */
const ask = ({ app }: Started) => app.inject({ url: `/b/${'A'.repeat(22)}` })

t.test(
  'a busy database is answered with 503, what to do, and a line for the operator',
  async (t) => {
    const database = await postgresDatabase(t as Test)
    const settings = { POSTGRES_POOL: '1', POSTGRES_CONNECT_TIMEOUT: '1' }
    const blazon = await start(t as Test, { database, settings })
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const taken = blazon.tools.db.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx)
      await held
    })
    const answer = await ask(blazon)
    t.equal(answer.statusCode, 503)
    t.equal(answer.headers['retry-after'], '5')
    t.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8')
    t.match(answer.json().detail, /Send the request again in a few seconds/)
    t.equal(blazon.log.filter((line) => line.includes('POSTGRES_POOL')).length, 1)
    release()
    await taken
    t.equal((await ask(blazon)).statusCode, 404)
  },
)

t.test(
  'prepared statements of SQLite are kept for what is asked again, up to a bound',
  async (t) => {
    const { url } = await sqliteDatabase(t as Test)
    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    const prepare = DatabaseSync.prototype.prepare
    let prepared: string[] = []
    DatabaseSync.prototype.prepare = function (this: DatabaseSync, text: string) {
      prepared.push(text)
      return prepare.call(this, text)
    }
    t.teardown(() => {
      DatabaseSync.prototype.prepare = prepare
    })
    const run = async (count: number) => {
      const { rows } = await sql<{ n: number }>`select ${sql.raw(String(count))} as n`.execute(db)
      t.equal(rows[0]?.n, count)
    }
    await run(0)
    for (let count = 1; count <= 3000; count += 1) {
      await run(count)
      if (count % 100 === 0) await run(0)
    }
    t.equal(prepared.length, 3001, 'each once, the one that is asked again not twice')
    prepared = []
    for (let count = 1; count <= 2500; count += 1) await run(count)
    t.equal(prepared.length, 2500, 'those of long ago are not kept')
    prepared = []
    for (let count = 2001; count <= 2500; count += 1) await run(count)
    t.same(prepared, [], 'the latest are')
  },
)

t.test('an SQLite file that another process holds too long ends as unavailable', async (t) => {
  const { url } = await sqliteDatabase(t as Test)
  await (await openDatabase(url)).destroy()
  const path = url.slice('sqlite:'.length)
  const db = openSqlite(path, 100)
  t.teardown(() => db.destroy())
  const other = new DatabaseSync(path)
  t.teardown(() => other.close())
  other.exec('begin immediate')
  let turns = 0
  const count = setInterval(() => {
    turns += 1
  }, 1)
  await t.rejects(
    db.transaction().execute((tx) => sql`select 1`.execute(tx)),
    { kind: 'unavailable', cause: { errcode: 5 } },
  )
  clearInterval(count)
  t.ok(turns > 10, `meanwhile the process did ${turns} other things`)
  t.match(await sql`select 1 as one`.execute(db), { rows: [{ one: 1 }] }, 'reads do not wait')
  const waiting = db.transaction().execute((tx) => sql`select 2 as two`.execute(tx))
  other.exec('rollback')
  t.match(await waiting, { rows: [{ two: 2 }] }, 'a write waits for its end')
})
