import { sql } from 'kysely'
import type { Db } from '../../src/storage/database.ts'

/** A row, as its table has it. */
export type Row = Record<string, string | number | null>

/** The rows of one table. */
export type Records = { table: string; rows: Row[] }

/**
 * All that belongs to one badge and its candidate, except sessions and mailed links, which soon end: table by table, in an
 * order in which it can be inserted.
 */
export async function recordsOf(db: Db, id: string): Promise<Records[]> {
  const [badge] = await rowsWhere(db, 'badge', { id })
  const { source = '', candidate_id = '', result_id = '', account_id = '' } = badge ?? {}
  const [candidate] = await rowsWhere(db, 'candidate', { source, candidate_id })
  const account = { account_id: account_id ?? '' }
  const of: [string, Row][] = [
    ['person', { id: candidate?.person_id ?? '' }],
    ['candidate', { source, candidate_id }],
    ['sighting', { mark: candidate?.email ?? '' }],
    ['account', { id: account.account_id }],
    ['account_address', account],
    ['profile', account],
    ['result', { source, result_id }],
    ['result_message', { source, result_id }],
    ['certification', { number: badge?.certification_number ?? '' }],
    ['badge', { id }],
    ['credential', { badge_id: id }],
    ['directory', { badge_id: id }],
    ['share_link', { badge_id: id }],
    ['mail', { badge_id: id }],
    ['audit', { subject: id }],
  ]
  const records: Records[] = []
  for (const [table, where] of of) records.push({ table, rows: await rowsWhere(db, table, where) })
  const { rows } = await sql<Row>`select * from job where key like ${`mail:${id}:%`}`.execute(db)
  // The database numbers the entries of its audit.
  for (const { table, rows } of records)
    if (table === 'audit') for (const row of rows) delete row.id
  return [...records, { table: 'job', rows }]
}

async function rowsWhere(db: Db, table: string, where: Row): Promise<Row[]> {
  const terms = Object.entries(where).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  const found = sql<Row>`select * from ${sql.table(table)} where ${sql.join(terms, sql` and `)}`
  return (await found.execute(db)).rows
}
