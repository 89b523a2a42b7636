import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Database } from './databases.ts'

/** The folder of the dumps of each schema version. */
export const folder = resolve(import.meta.dirname, '../storage/dumps')

/** Replaces everything in a database, today's tables included, by a dump and additional SQL. */
export async function load({ name, url }: Database, version: string, more = ''): Promise<void> {
  const text = readFileSync(join(folder, `${version}.sql`), 'utf8')
  const [, sqlite = '', postgres = '', both = ''] = text.split(/^-- (?:sqlite|postgres|both)$/m)
  if (name === 'SQLite') {
    const path = url.slice('sqlite:'.length)
    for (const part of ['', '-wal', '-shm']) rmSync(`${path}${part}`, { force: true })
    const file = new DatabaseSync(path)
    file.exec('pragma foreign_keys = on')
    file.exec(`${sqlite}${both}${more}`)
    return file.close()
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('drop schema public cascade; create schema public')
  await client.query(`${postgres}${both}${more}`)
  await client.end()
}
