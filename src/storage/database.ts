import { type Kysely, Migrator, sql } from 'kysely'
import { Problem } from '../problem.ts'
import { migrations } from './migrations.ts'
import { openPostgres, type PostgresOptions, unhurried } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

/** The database, or a transaction in it: queries take either. */
export type Db = Kysely<Tables>

/**
 * Opens the database of `DATABASE_URL` (`sqlite:` and a file's path, or `postgres://…`) and brings its tables up to date.
 * Throws a Problem that says what to check when it cannot be reached. `options` are for PostgreSQL; migrations have no time limits.
 */
export async function openDatabase(url: string, options: PostgresOptions = unhurried): Promise<Db> {
  if (url.startsWith('sqlite:')) return migrated(openSqlite(url.slice('sqlite:'.length)), true)
  const db = await migrated(
    openPostgres(url, { ...unhurried, connectTimeout: options.connectTimeout }),
    false,
  )
  if (options === unhurried) return db
  await db.destroy()
  return openPostgres(url, options)
}

async function migrated(db: Db, sqlite: boolean): Promise<Db> {
  try {
    await sql`select 1`.execute(db)
  } catch (error) {
    await db.destroy()
    const { message } = ((error as Error).cause ?? error) as Error
    throw new Problem(
      'unavailable',
      `The database cannot be reached: ${message}. Check DATABASE_URL.`,
    )
  }
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations(sqlite) },
  }).migrateToLatest()
  if (!error) return db
  await db.destroy()
  throw error
}

/** Runs the work in one transaction: all of it is durable when this answers, or none of it happened. */
export function inTransaction<Answer>(db: Db, work: (tx: Db) => Promise<Answer>): Promise<Answer> {
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
