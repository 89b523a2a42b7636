import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Test } from 'tap'
import { halvesUnder } from './share.ts'

/** A fresh database, which is removed when the test ends. */
export type Database = { name: 'SQLite' | 'PostgreSQL'; url: string }

/** `empty`: without tables, as before a first start. Otherwise with today's tables and the pictures of the sample programme, which costs less. */
type Options = { empty?: boolean }

/** Runs the same test on SQLite and on PostgreSQL, each with a fresh database. */
export function onEachDatabase(
  t: Test,
  title: string,
  run: (t: Test, database: Database) => Promise<unknown>,
  options: Options = {},
) {
  const { test, halves } = halvesUnder(t)
  for (const half of halves)
    void test.test(`${title} (${half})`, async (t) => {
      const make = half === 'SQLite' ? sqliteDatabase : postgresDatabase
      await run(t as Test, await make(t as Test, options))
    })
}

export async function sqliteDatabase(t: Test, { empty }: Options = {}): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-test-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'blazon.db')
  const template = process.env.BLAZON_TEST_SQLITE
  // A test file that runs without the global set-up has no template; its first start makes the tables.
  if (template && !empty) copyFileSync(template, file)
  return { name: 'SQLite', url: `sqlite:${file}` }
}

export async function postgresDatabase(t: Test, { empty }: Options = {}): Promise<Database> {
  const server = process.env.BLAZON_TEST_POSTGRES
  if (!server)
    throw new Error(
      'No PostgreSQL: run the tests with npm test, or with --test-global-setup=test/help/postgres.ts',
    )
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin(
    server,
    `create database ${name} template ${empty ? 'template1' : postgresTemplate} strategy file_copy`,
  )
  t.teardown(() => asAdmin(server, `drop database ${name} with (force)`))
  return { name: 'PostgreSQL', url: `${server}/${name}` }
}

/**
 * The database that tests copy. No process may be connected to it meanwhile: PostgreSQL does not copy a database in
 * use.
 */
export const postgresTemplate = 'blazon_template'

let admins: pg.Pool | undefined

/** Runs a statement that belongs to no database, over a connection that this process keeps until it has nothing else to do. */
export async function asAdmin(server: string, statement: string) {
  admins ??= new pg.Pool({ connectionString: `${server}/postgres`, allowExitOnIdle: true })
  await admins.query(statement)
}

/** Ends that connection, before its server ends. */
export async function closeAdmins() {
  await admins?.end()
  admins = undefined
}
