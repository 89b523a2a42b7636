import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import { Problem } from '../problem.ts'
import { type SharedReads, shareReads } from './shared-reads.ts'
import { connectionOf } from './sqlite-connection.ts'
import { type Lent, type SqliteConnections, sqliteDriver } from './sqlite-driver.ts'
import type { Tables } from './tables.ts'

/**
 * Opens one SQLite file, created if missing: a connection that writes, and one that reads what is committed, so that no
 * reader waits for a transaction. `patience` is how long a write waits for another process, in milliseconds.
 */
export function openSqlite(path: string, patience?: number): Kysely<Tables> {
  const writer = connectionOf(openFile(path))
  const reader = shareReads(connectionOf(new DatabaseSync(path, { readOnly: true, timeout })))
  return new Kysely<Tables>({ dialect: new Dialect({ writer, reader, patience }) })
}

/** Whether it is SQLite. */
export function isSqlite(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof Adapter
}

/** Runs a read on the connection that reads what is committed. */
export function readCommitted(db: Kysely<Tables>): SharedReads['execute'] {
  return (db.getExecutor().adapter as Adapter).reader.execute
}

/** A number that is another one as soon as a read can see another commit, of any process. */
export function committedVersion(db: Kysely<Tables>): number {
  return (db.getExecutor().adapter as Adapter).reader.version()
}

const inside = new WeakMap<Kysely<Tables>, Lent['executeInside']>()

/** Runs a statement of a transaction. Kysely's own way takes several times as long as most statements. */
export async function runInside(tx: Kysely<Tables>): Promise<Lent['executeInside']> {
  const known = inside.get(tx)
  if (known) return known
  const run = await tx.getExecutor().provideConnection(async (lent) => (lent as Lent).executeInside)
  inside.set(tx, run)
  return run
}

const timeout = 5000 // milliseconds

function openFile(path: string) {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = new DatabaseSync(path, { timeout })
    // WAL with FULL: a commit is on the disk before it is answered. Savepoints keep in memory what they may undo.
    file.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000',
    )
    // Waiting here would stop the process; `shareCommits` waits beside other work.
    file.exec('PRAGMA busy_timeout = 0')
    return file
  } catch (error) {
    throw new Problem(
      'unavailable/database-unopenable',
      `The database file ${path} cannot be opened: ${(error as Error).message}. Check DATABASE_URL and the folder's permissions.`,
    )
  }
}

// SQLite can create tables in a transaction, though Kysely does not expect it. So a migration runs whole or not at all,
// and of two processes that start at once, one waits for the other.
class Adapter extends SqliteAdapter {
  readonly reader: SharedReads

  constructor(reader: SharedReads) {
    super()
    this.reader = reader
  }

  override get supportsTransactionalDdl() {
    return true
  }
}

class Dialect extends SqliteDialect {
  readonly #connections: SqliteConnections

  constructor(connections: SqliteConnections) {
    super({ database: () => Promise.reject(new Error('the driver has its connections')) })
    this.#connections = connections
  }

  override createAdapter() {
    return new Adapter(this.#connections.reader)
  }

  override createDriver() {
    return sqliteDriver(this.#connections)
  }
}
