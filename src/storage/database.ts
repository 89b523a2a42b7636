import { existsSync } from 'node:fs'
import { type Kysely, Migrator, PostgresAdapter, sql, type Transaction } from 'kysely'
import { Problem } from '../problem.ts'
import { names } from './migrations/names.ts'
import { type PostgresOptions, unhurried } from './postgres-options.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

/** The database, or a transaction in it: queries take either. */
export type Db = Kysely<Tables>

/** A transaction. Locks, and changes that belong together, demand one. */
export type Tx = Transaction<Tables>

/**
 * Opens the database of `DATABASE_URL` (`sqlite:` and a file's path, or `postgres://…`) and migrates its tables. Throws
 * the Problem `unavailable`, which says what to check, when it cannot be reached. `options` apply to PostgreSQL;
 * migrations have no time limits.
 */
export async function openDatabase(url: string, options: PostgresOptions = unhurried): Promise<Db> {
  const db = await connectDatabase(url, options)
  await migrateDatabase(db, url)
  return db
}

/**
 * Opens the database without migrating it. Throws the Problem `unavailable`, which says what to check, when it cannot
 * be reached.
 */
export async function connectDatabase(
  url: string,
  options: PostgresOptions = unhurried,
): Promise<Db> {
  const db = isSqlite(url) ? openSqlite(sqliteFile(url)) : await openPostgres(url, options)
  try {
    await db.connection().execute(async () => {})
    return db
  } catch (error) {
    await db.destroy()
    const { message } = ((error as Error).cause ?? error) as Error
    throw new Problem(
      'unavailable/database-unreachable',
      `The database cannot be reached: ${message}. Check DATABASE_URL.`,
    )
  }
}

/** Migrates the tables, on PostgreSQL over a connection without time limits. Closes the database if that fails. */
export async function migrateDatabase(db: Db, url: string): Promise<void> {
  // What keeps this question waiting beyond the limits is a migration.
  if (await isUpToDate(db).catch(() => false)) return
  const over = isSqlite(url) ? db : await openPostgres(url, unhurried)
  const { error } = await (await migratorOf(over, url)).migrateToLatest()
  if (over !== db) await over.destroy()
  if (!error) return
  await db.destroy()
  throw error
}

/** Whether all migrations have run. Changes nothing. */
export async function isUpToDate(db: Db): Promise<boolean> {
  if (!(await hasTable(db, 'kysely_migration'))) return false
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const run = new Set(rows.map(({ name }) => name))
  return names.every((name) => run.has(name))
}

/** Whether the database has a table, which one that is new or older may lack. */
export async function hasTable(db: Db, table: keyof Tables | 'kysely_migration'): Promise<boolean> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter
  const found = isPostgres
    ? sql`select 1 where to_regclass(${table}) is not null`
    : sql`select 1 from sqlite_master where type = 'table' and name = ${table}`
  return (await found.execute(db)).rows.length > 0
}

/** Whether opening the database would create a file. */
export function isAbsent(url: string): boolean {
  return isSqlite(url) && !existsSync(sqliteFile(url))
}

/** The driver is loaded late, because Blazon on SQLite needs none of it. */
async function openPostgres(url: string, options: PostgresOptions): Promise<Db> {
  return (await import('./postgres.ts')).openPostgres(url, options)
}

async function migratorOf(db: Db, url: string) {
  const { migrations } = await import('./migrations/migrations.ts')
  return new Migrator({ db, provider: { getMigrations: async () => migrations(isSqlite(url)) } })
}

function isSqlite(url: string) {
  return url.startsWith('sqlite:')
}

function sqliteFile(url: string) {
  return url.slice('sqlite:'.length)
}

/** Runs the work in one transaction: when this answers, all of it is durable; when this throws, none of it happened. */
export function inTransaction<Answer>(db: Db, work: (tx: Tx) => Promise<Answer>): Promise<Answer> {
  return db.transaction().execute(work)
}

/** Whether the database answers. */
export async function answers(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db)
    return true
  } catch {
    return false
  }
}
