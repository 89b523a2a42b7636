import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Test } from 'tap'

/** A fresh database, given away when the test ends. */
export type Database = { name: 'SQLite' | 'PostgreSQL'; url: string }

/** Runs the same test on SQLite and on PostgreSQL, each with a fresh database. */
export function onEachDatabase(
  t: Test,
  title: string,
  run: (t: Test, database: Database) => Promise<unknown>,
) {
  for (const make of [sqliteDatabase, postgresDatabase])
    void t.test(`${title} (${make === sqliteDatabase ? 'SQLite' : 'PostgreSQL'})`, async (t) => {
      await run(t as Test, await make(t as Test))
    })
}

export async function sqliteDatabase(t: Test): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-test-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return { name: 'SQLite', url: `sqlite:${join(folder, 'blazon.db')}` }
}

export async function postgresDatabase(t: Test): Promise<Database> {
  const server = process.env.BLAZON_TEST_POSTGRES
  if (!server)
    throw new Error(
      'No PostgreSQL: run the tests with npm test, or with --test-global-setup=test/help/postgres.ts',
    )
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin(server, `create database ${name}`)
  t.teardown(() => asAdmin(server, `drop database ${name} with (force)`))
  return { name: 'PostgreSQL', url: `${server}/${name}` }
}

async function asAdmin(server: string, statement: string) {
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  await client.query(statement)
  await client.end()
}
