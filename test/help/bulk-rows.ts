import { DatabaseSync, type StatementSync } from 'node:sqlite'
import pg from 'pg'
import type { Row } from './records.ts'

/** Adds rows with the same columns, each as its JSON text, to a table; `close` keeps them. */
export type BulkRows = {
  add: (table: string, rows: string[]) => Promise<void>
  close: () => Promise<void>
}

/**
 * A way to add millions of rows: quick, not safe. What a crash leaves is of no use. The SQLite file is not open
 * elsewhere.
 */
export async function bulkRows(url: string): Promise<BulkRows> {
  return url.startsWith('sqlite:') ? sqliteRows(url.slice('sqlite:'.length)) : postgresRows(url)
}

function sqliteRows(path: string): BulkRows {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  // One transaction, and a cache for all indexes: no page is written before it is full.
  db.exec(
    'pragma journal_mode = memory; pragma synchronous = off; pragma cache_size = -1500000; begin',
  )
  const statements = new Map<string, StatementSync>()
  const statement = (table: string, columns: string[]) => {
    const into = `insert into ${table} (${columns}) values (${columns.map(() => '?')})`
    const known = statements.get(into) ?? db.prepare(into)
    statements.set(into, known)
    return known
  }
  return {
    add: async (table, texts) => {
      const rows = texts.map((text) => JSON.parse(text) as Row)
      if (!rows[0]) return
      const insert = statement(table, Object.keys(rows[0]))
      for (const row of rows) insert.run(...Object.values(row))
    },
    close: async () => {
      db.exec('commit; pragma journal_mode = wal')
      db.close()
    },
  }
}

async function postgresRows(url: string): Promise<BulkRows> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('set synchronous_commit = off')
  return {
    add: async (table, rows) => {
      const [first] = rows
      if (!first) return
      const columns = Object.keys(JSON.parse(first) as object).join(', ')
      const all = `select ${columns} from json_populate_recordset(null::${table}, $1)`
      await client.query(`insert into ${table} (${columns}) ${all}`, [`[${rows.join()}]`])
    },
    close: async () => {
      await client.query('analyze')
      await client.end()
    },
  }
}
