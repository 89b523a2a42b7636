import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import { Problem } from '../problem.ts'
import type { Tables } from './tables.ts'
import { unavailable } from './unavailable.ts'

/**
 * Opens one SQLite file, created if missing. Kysely lends its one connection in turns, so no statement enters another's
 * transaction.
 */
export function openSqlite(path: string): Kysely<Tables> {
  const file = openFile(path)
  const statements = latestUsed<ReturnType<typeof wrap>>(maxStatements)
  const database = {
    close: () => file.close(),
    prepare: (text: string) => {
      const known = statements.get(text)
      if (known) return known
      // IMMEDIATE: a transaction that will write takes the lock first, instead of failing half-way.
      const statement = wrap(file.prepare(text === 'begin' ? 'begin immediate' : text))
      statements.set(text, statement)
      return statement
    },
  }
  return new Kysely<Tables>({ dialect: new Dialect({ database }) })
}

// A list of ids makes a different statement for each length, so there is no limit to different statements.
const maxStatements = 500

/** A cache of the values used last; a Map keeps the order of its insertions. */
function latestUsed<Value>(capacity: number) {
  const kept = new Map<string, Value>()
  const set = (key: string, value: Value) => {
    kept.delete(key)
    kept.set(key, value)
    const [oldest] = kept.keys()
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest)
  }
  const get = (key: string) => {
    const value = kept.get(key)
    if (value !== undefined) set(key, value)
    return value
  }
  return { get, set }
}

// SQLite can create tables in a transaction, though Kysely does not expect it. So a migration runs whole or not at all,
// and of two processes that start at once, one waits for the other.
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true
  }
}

class Dialect extends SqliteDialect {
  override createAdapter() {
    return new Adapter()
  }
}

function openFile(path: string) {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    const file = new DatabaseSync(path, { timeout: 5000 })
    // WAL with FULL: a commit is on the disk before it is answered.
    file.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON',
    )
    return file
  } catch (error) {
    throw new Problem(
      'unavailable/database-unopenable',
      `The database file ${path} cannot be opened: ${(error as Error).message}. Check DATABASE_URL and the folder's permissions.`,
    )
  }
}

function wrap(statement: StatementSync) {
  return {
    reader: statement.columns().length > 0,
    all: (values: readonly unknown[]) =>
      orUnavailable(() => statement.all(...(values as SQLInputValue[]))),
    run: (values: readonly unknown[]) =>
      orUnavailable(() => statement.run(...(values as SQLInputValue[]))),
    iterate: (values: readonly unknown[]) => statement.iterate(...(values as SQLInputValue[])),
  }
}

/** SQLITE_BUSY (5): another process has held the lock for longer than the time-out. */
function orUnavailable<Answer>(work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    throw (error as { errcode?: number }).errcode === 5 ? unavailable(error) : error
  }
}
