import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { QueryResult } from 'kysely'
import { latestUsed } from '../domain/work/latest-used.ts'
import { unavailable } from './unavailable.ts'

/** One connection of an SQLite file. Its statements run at once and block the process. */
export type SqliteConnection = {
  /** Runs one statement. Throws `unavailable` when another process holds the file for too long. */
  execute: <Row>(text: string, values?: readonly unknown[]) => QueryResult<Row>
  /** Whether a transaction is open: some errors end it, such as a full disk. */
  isInTransaction: () => boolean
  close: () => void
}

// A list of ids makes a different statement for each length, so there is no limit to different statements.
const maxStatements = 500

/** The connection, with its statements prepared and the latest kept. */
export function connectionOf(file: DatabaseSync): SqliteConnection {
  const statements = latestUsed<Statement>(maxStatements)
  return {
    execute: (text, values = []) => {
      let statement = statements.get(text)
      if (!statement) {
        const prepared = file.prepare(text)
        statement = { prepared, answersRows: prepared.columns().length > 0 }
        statements.set(text, statement)
      }
      return run(statement, values as SQLInputValue[])
    },
    isInTransaction: () => file.isTransaction,
    close: () => file.close(),
  }
}

/** SQLITE_BUSY: another process has held the lock for longer than the time-out. */
const busy = 5
const codeOf = (error: unknown) => (error as { errcode?: number } | undefined)?.errcode

/** Whether a statement failed only because another process holds the lock. */
export function isBusy(error: unknown): boolean {
  return codeOf((error as Error).cause) === busy
}

type Statement = { prepared: StatementSync; answersRows: boolean }

function run<Row>({ prepared, answersRows }: Statement, values: SQLInputValue[]): QueryResult<Row> {
  try {
    if (answersRows) return { rows: prepared.all(...values) as Row[] }
    const { changes, lastInsertRowid } = prepared.run(...values)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  } catch (error) {
    throw codeOf(error) === busy ? unavailable(error) : error
  }
}
