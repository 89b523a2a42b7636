import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { type Db, openDatabase } from '../../src/storage/database.ts'
import {
  type Database,
  onEachDatabase,
  postgresDatabase,
  sqliteDatabase,
} from '../help/databases.ts'
import { folder, load } from '../help/load-dump.ts'
import { hashOf, versions } from '../help/schema-versions.ts'
import { rest } from '../help/share.ts'
import { get, passEvent, post, start } from '../help/start.ts'

const make = 'Run: node test/help/make-dumps.ts, and commit what it writes to test/storage/dumps.'

t.test(
  'a migration that has landed is never changed: databases have gone through it',
  async (t) => {
    const landed = JSON.parse(readFileSync(join(folder, 'landed.json'), 'utf8'))
    for (const name of versions)
      t.equal(
        await hashOf(name),
        landed[name],
        landed[name]
          ? `${name} has landed: take the change back and write another migration`
          : `${name} is new. ${make}`,
      )
    t.same(
      Object.keys(landed).filter((name) => !versions.includes(name)),
      [],
      'none is dropped',
    )
  },
)

t.test('there is a dump of each version but the newest', async (t) => {
  const dumps = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  t.same(
    dumps.toSorted(),
    versions.slice(0, -1).map((name) => `${name}.sql`),
    make,
  )
})

t.test('a migration imports nothing of today: it does the same for ever', async (t) => {
  const folder = resolve(import.meta.dirname, '../../src/storage/migrations')
  const files = readdirSync(folder).filter((name) => /^\d/.test(name))
  t.ok(files.length > 10)
  for (const file of files)
    for (const [, from = ''] of readFileSync(join(folder, file), 'utf8').matchAll(
      /from '([^']+)'/g,
    ))
      t.ok(from === 'kysely' || from.startsWith('node:'), `${file} imports ${from}`)
})

type Row = Record<string, unknown>
type Rows = Record<string, Row[]>

const sqliteSchema = `select type, name, tbl_name, sql from sqlite_master where name not like 'sqlite_%' and name not like 'kysely_%'`
const postgresSchema = [
  `select table_name, column_name, ordinal_position, column_default, is_nullable, data_type, collation_name, is_identity
    from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'`,
  `select indexdef from pg_indexes where schemaname = 'public' and tablename not like 'kysely%'`,
  `select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) as text from pg_constraint
    where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'kysely%'`,
  `select pg_get_triggerdef(oid) as text from pg_trigger where not tgisinternal`,
  `select pg_get_functiondef(oid) as text from pg_proc where pronamespace = 'public'::regnamespace`,
]

async function ask(db: Db, text: string): Promise<Row[]> {
  return (await sql.raw<Row>(text).execute(db)).rows.map((row) => ({ ...row }))
}

/** Every table, column, index, trigger and constraint, as the database itself says them. */
async function schemaOf(db: Db, { name }: Database) {
  const texts = name === 'SQLite' ? [sqliteSchema] : postgresSchema
  const rows = (await Promise.all(texts.map((text) => ask(db, text)))).flat()
  return rows.map((row) => JSON.stringify(row).replace(/(\\n|\s)+/g, ' ')).toSorted()
}

/** Every row, before anything is migrated. */
async function rowsBefore({ name, url }: Database): Promise<Rows> {
  if (name === 'SQLite') {
    const file = new DatabaseSync(url.slice('sqlite:'.length))
    const tables = file.prepare(`select name from sqlite_master where type = 'table'`).all()
    const all = tables.map((each) => [
      each.name,
      file
        .prepare(`select * from ${each.name}`)
        .all()
        .map((row) => ({ ...row })),
    ])
    file.close()
    return Object.fromEntries(all)
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows: tables } = await client.query(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  )
  const all: Rows = {}
  for (const { name: table } of tables)
    all[table] = (await client.query(`select * from ${table}`)).rows
  await client.end()
  return all
}

const texts = (rows: Row[], columns: string[]) =>
  rows.map((row) => JSON.stringify(columns.map((name) => row[name]))).toSorted()

onEachDatabase(
  rest(t),
  'a filled database of every version is brought to the schema of a fresh one, and keeps every row',
  async (t, database) => {
    const another = () => (database.name === 'SQLite' ? sqliteDatabase(t) : postgresDatabase(t))
    const fresh = await openDatabase(database.url)
    const wanted = await schemaOf(fresh, database)
    await fresh.destroy()
    const newest = await another()
    await load(newest, '0012-corrections')
    const known = await rowsBefore(newest)
    for (const version of versions.slice(0, -1)) {
      const each = await another()
      await load(each, version)
      const before = await rowsBefore(each)
      const tables = Object.keys(before).filter((name) => !/^(kysely|sqlite)_/.test(name))
      const empty = tables.filter((name) => before[name]?.length === 0)
      // Where 0011 finds badges, so that they are computed below; before it there is no such table.
      t.same(empty, [], `${version}: there are rows in every table`)
      const db = await openDatabase(each.url)
      t.same(await schemaOf(db, each), wanted, `${version}: tables, indexes, triggers, constraints`)
      // Attempts were locked by rows of their own once; people are held instead.
      for (const table of tables.filter((name) => name !== 'attempt')) {
        const after = await ask(db, `select * from ${table}`)
        const columns = Object.keys(before[table]?.[0] ?? {}).filter(
          (name) => name in (after[0] ?? {}),
        )
        t.ok(columns.length > 0)
        t.same(texts(after, columns), texts(before[table] ?? [], columns), `${version}: ${table}`)
      }
      for (const [table, columns] of computed) {
        // What a dump has already is compared above; it was made by the code of another day, with other ids.
        if (columns.every((name) => name in (before[table]?.[0] ?? {}))) continue
        const text = `select * from ${table}`
        const mine = texts(await ask(db, text), columns)
        const all = new Set(texts(known[table] ?? [], columns))
        t.same(
          mine.filter((row) => !all.has(row)),
          [],
          `${version}: ${table} is computed as it was`,
        )
        if (table === 'directory') t.equal(mine.length, all.size, `${version}: every key`)
      }
      await db.destroy()
    }
  },
)

/** What migrations compute, and what it is to be: as the code of their day had it. */
const computed: [string, string[]][] = [
  ['directory', ['key', 'valid_from', 'badge_id', 'valid_until', 'achievement', 'slug']],
  ['result', ['source', 'result_id', 'word']],
  ['candidate', ['source', 'candidate_id', 'full_name', 'latin_name', 'email', 'locale']],
  ['credential', ['id', 'kind', 'data_integrity_key', 'credential_jwt_key', 'replaced_at']],
]

onEachDatabase(
  rest(t),
  'after every upgrade badges verify, pages answer, and results change what was issued before',
  async (t, database) => {
    for (const version of versions.slice(0, -1)) {
      const each = database.name === 'SQLite' ? await sqliteDatabase(t) : await postgresDatabase(t)
      await load(each, version)
      const blazon = await start(t, { database: each, keepOpen: true })
      const badges = await blazon.tools.db.selectFrom('badge').selectAll().execute()
      for (const { slug, visibility, ...badge } of badges) {
        const page = await get(blazon, `/b/${slug}`)
        const shown = visibility === 'public'
        const { revoked_at: revoked, suspended_at: suspended, full_name: name } = badge
        t.equal(page.statusCode, shown ? (revoked ? 410 : 200) : 404, `${version}: ${name}`)
        if (!shown) continue
        const { body } = await get(blazon, `/b/${slug}/credential.json`)
        const answer = await blazon.app.inject({
          method: 'POST',
          url: '/v1/verify',
          headers: { 'content-type': 'application/json' },
          payload: body,
        })
        const over = badge.valid_until < blazon.clock.now()
        const state = revoked ? 'revoked' : suspended ? 'suspended' : over ? 'expired' : 'valid'
        if (!revoked) t.equal(answer.json().verdict, state, `${version}: ${name}`)
      }
      const candidate = {
        id: 'C-5',
        fullName: 'Maria Marini',
        email: 'c5@example.com',
        locale: 'en',
      }
      const failed = await post(
        blazon,
        passEvent({ resultId: 'R-5', revision: 2, candidate, outcome: 'failed' }),
      )
      t.match(failed, { status: 200, body: { badge: { state: 'revoked' } } }, version)
      await blazon.close()
    }
  },
)
