// node test/help/make-dumps.ts: writes the missing dumps of schema versions, and the missing hashes of migrations.
// It fills a database with today's code and leaves out what a version does not have, so run it when a migration is new.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import { recipientOf, textOf } from '../../src/storage/credential-texts.ts'
import { sqliteDatabase } from './databases.ts'
import { fill, more } from './dump-story.ts'
import { hashOf, statementsOf, versions } from './schema-versions.ts'
import { clockAt, seededRandom, start } from './start.ts'

const folder = resolve(import.meta.dirname, '../storage/dumps')

type Row = Record<string, string | number | null>

function literal(value: string | number | null | undefined) {
  if (value === null || value === undefined) return 'null'
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

const insert = (table: string, row: Row, columns: string[], how = '') =>
  `insert into ${table} (${columns.join(', ')})${how} values (${columns.map((each) => literal(row[each])).join(', ')});`

/** Whether a row is possible in a version: credentials of other kinds and replaced ones came later. */
function wasThere(table: string, row: Row, version: string) {
  if (table !== 'credential') return true
  if (version < '0002-rules') return row.kind === 'standard' && row.replaced_at === null
  return version >= '0010-named' || row.kind !== 'named'
}

/**
 * A row as a version wrote it. Jobs and mails had ids, and results and credentials all that is theirs; before, texts of
 * credentials and final messages were whole.
 */
function asThen(table: string, row: Row, version: string, filled: DatabaseSync): Row {
  const one = (text: string, ...values: (string | number | null | undefined)[]) =>
    String(Object.values(filled.prepare(text).get(...values.map((each) => each ?? '')) ?? {})[0])
  const whole = version < '0021-shapes'
  if (version >= '0022-small') return row
  if (table === 'job') return { ...row, id: row.key ?? '', planned_at: row.run_at ?? '' }
  if (table === 'mail') return { ...row, id: row.message_id ?? '' }
  if (table === 'result') {
    const message =
      'select body from result_message where source = ? and result_id = ? and revision = ?'
    const body = row.body || one(message, row.source, row.result_id, row.revision)
    return { ...row, body, word: whole && row.word === '' ? body : (row.word ?? null) }
  }
  if (table !== 'credential' || !row.shape) return row
  const shape = one('select text from credential_shape where id = ?', row.shape)
  const { data_integrity, recipient_hash, recipient_salt } = row as Record<string, string | null>
  const kept = { data_integrity: data_integrity ?? null, shape_text: shape }
  const columns = { recipient_hash: recipient_hash ?? null, recipient_salt: recipient_salt ?? null }
  const recipient = recipientOf({ ...kept, ...columns })
  return {
    ...row,
    recipient_hash: recipient?.hash ?? null,
    recipient_salt: recipient?.salt ?? null,
    data_integrity: whole ? textOf(kept) : kept.data_integrity,
  }
}

async function dump(filled: DatabaseSync, version: string): Promise<string> {
  const upTo = versions.filter((name) => name <= version)
  const schema = async (sqlite: boolean) =>
    (await Promise.all(upTo.map((name) => statementsOf(name, sqlite))))
      .flat()
      .filter((text) => !text.startsWith('select') && !text.startsWith('insert'))
      .map((text) => `${text};`)
  const empty = new DatabaseSync(':memory:')
  const steps = await schema(true)
  for (const step of steps) empty.exec(step)
  const tables = empty
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`)
    .all()
    .map(({ name }) => String(name))
  const known = new Set(
    filled
      .prepare(`select name from sqlite_master where type = 'table'`)
      .all()
      .map(({ name }) => String(name)),
  )
  const rowsOf = (table: string) =>
    (filled.prepare(`select * from ${table}`).all() as Row[]).map((row) =>
      asThen(table, row, version, filled),
    )
  const rows: string[] = []
  const audit: Record<'sqlite' | 'postgres', string[]> = { sqlite: [], postgres: [] }
  // In the order of their creation, except for badges, which came to refer to accounts later.
  const late = [
    'badge',
    'credential',
    'mail_link',
    'share_link',
    'mail',
    'directory',
    'audit',
    'audit_note',
  ]
  for (const table of tables.toSorted((one, other) => late.indexOf(one) - late.indexOf(other))) {
    const columns = empty
      .prepare(`pragma table_info(${table})`)
      .all()
      .map(({ name }) => String(name))
    const there = known.has(table) ? rowsOf(table) : []
    for (const row of [...there, ...(there.length > 0 ? [] : (more[table] ?? []))])
      if (!wasThere(table, row, version)) continue
      else if (table === 'audit') {
        audit.sqlite.push(insert(table, row, columns))
        audit.postgres.push(insert(table, row, columns, ' overriding system value'))
      } else if (table === 'audit_note') {
        audit.sqlite.push(insert(table, row, columns))
        audit.postgres.push(insert(table, row, columns))
      } else rows.push(insert(table, row, columns))
  }
  const done = upTo.map(
    (name) =>
      `insert into kysely_migration (name, timestamp) values ('${name}', '2026-11-22T04:00:00.000Z');`,
  )
  const kysely = [
    'create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null);',
    'create table kysely_migration_lock (id varchar(255) not null primary key, is_locked integer default 0 not null);',
    `insert into kysely_migration_lock (id, is_locked) values ('migration_lock', 0);`,
  ]
  const next = `select setval(pg_get_serial_sequence('audit', 'id'), (select max(id) from audit));`
  return [
    ...['-- sqlite', ...steps, ...audit.sqlite],
    ...['-- postgres', ...(await schema(false)), ...audit.postgres, next],
    ...['-- both', ...kysely, ...done, ...rows, ''],
  ].join('\n')
}

t.test('make the dumps and hashes that are missing', async (t) => {
  mkdirSync(folder, { recursive: true })
  const database = await sqliteDatabase(t as Test)
  const clock = clockAt('2026-11-22T04:00:00.000Z')
  const blazon = await start(t as Test, { database, clock, random: seededRandom('dumps') })
  await fill(blazon)
  const filled = new DatabaseSync(database.url.slice('sqlite:'.length))
  for (const version of versions.slice(0, -1)) {
    const file = join(folder, `${version}.sql`)
    if (!existsSync(file)) writeFileSync(file, await dump(filled, version))
  }
  const list = join(folder, 'landed.json')
  const landed = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {}
  for (const name of versions) landed[name] ??= await hashOf(name)
  writeFileSync(list, `${JSON.stringify(landed, null, 2)}\n`)
})
