import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SelectQueryNode,
} from 'kysely'
import { type SharedCommits, shareCommits } from './shared-commits.ts'
import type { SharedReads } from './shared-reads.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

/** The two connections of a file, and how long to wait for another process, in milliseconds. */
export type SqliteConnections = {
  writer: SqliteConnection
  reader: SharedReads
  patience?: number | undefined
}

/**
 * Lets Kysely use one SQLite file. Transactions and single writes take turns on the connection that writes; reads
 * outside a transaction see what is committed, and wait for nobody.
 */
export function sqliteDriver({ writer, reader, patience }: SqliteConnections): Driver {
  const commits = shareCommits(writer, { onCommit: reader.refresh, ...(patience && { patience }) })
  return {
    init: async () => {},
    acquireConnection: async () => lend({ writer, reader }, commits),
    beginTransaction: (lent) => (lent as Lent).begin(),
    commitTransaction: (lent) => (lent as Lent).commit(),
    rollbackTransaction: (lent) => (lent as Lent).rollback(),
    releaseConnection: async () => {},
    destroy: () =>
      commits.alone(() => {
        reader.close()
        writer.close()
      }),
  }
}

/** What Kysely takes for a connection. */
export type Lent = DatabaseConnection &
  Record<'begin' | 'commit' | 'rollback', () => Promise<void>> & {
    /** Runs a statement of the transaction at once, without the steps that Kysely takes around it. */
    executeInside: SqliteConnection['execute']
  }

function lend(
  { writer, reader }: Omit<SqliteConnections, 'patience'>,
  commits: SharedCommits,
): Lent {
  let inTransaction = false
  return {
    executeQuery: async <Row>({ sql, parameters, query }: CompiledQuery) => {
      if (inTransaction) return commits.execute<Row>(sql, parameters)
      if (SelectQueryNode.is(query) || isRead.test(sql)) return reader.execute<Row>(sql, parameters)
      if (isSetting.test(sql)) return commits.alone(() => writer.execute<Row>(sql, parameters))
      return writeAlone<Row>(commits, sql, parameters)
    },
    // biome-ignore lint/correctness/useYield: Kysely demands the method, and nothing streams.
    async *streamQuery() {
      throw new Error('queries are not streamed')
    },
    executeInside: (sql, parameters) => {
      if (!inTransaction) throw new Error('the transaction has ended')
      return commits.execute(sql, parameters)
    },
    begin: async () => {
      await commits.begin()
      inTransaction = true
    },
    commit: async () => {
      inTransaction = false
      await commits.commit()
    },
    // Kysely asks for it after a failed commit, too, which has undone all.
    rollback: async () => {
      if (!inTransaction) return
      inTransaction = false
      commits.rollback()
    },
  }
}

const isRead = /^\s*select\b/i
const isSetting = /^\s*pragma\b/i

async function writeAlone<Row>(
  commits: SharedCommits,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult<Row>> {
  await commits.begin()
  let result: QueryResult<Row>
  try {
    result = commits.execute<Row>(sql, parameters)
  } catch (error) {
    commits.rollback()
    throw error
  }
  await commits.commit()
  return result
}
