import { sql } from 'kysely'
import type { Db } from '../../src/storage/database.ts'
import type { Database } from './databases.ts'

/**
 * Copies the one badge on record, with everything that belongs to it, so many times: each copy is of another candidate.
 * Ids are short words with the copy's number; slugs and hosted ids have their length, so that pages find them.
 */
export async function multiply(db: Db, { name }: Pick<Database, 'name'>, many: number) {
  const isSqlite = name === 'SQLite'
  const numbers = isSqlite
    ? sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(many)})`
    : sql`with n as (select i from generate_series(1, ${sql.lit(many)}) as i)`
  const slug = (letter: string) => {
    const text = sql`${sql.lit(letter.repeat(22))} || i`
    return isSqlite ? sql`substr(${text}, -22)` : sql`right(${text}, 22)`
  }
  const copy = (table: string, columns: string[], changed: Record<string, unknown>) => {
    const values = columns.map((column) => changed[column] ?? sql.ref(`${table}.${column}`))
    return sql`insert into ${sql.table(table)} (${sql.join(columns.map((each) => sql.ref(each)))})
      ${numbers} select ${sql.join(values)} from n, ${sql.table(table)}`.execute(db)
  }
  const word = (letter: string) => sql`${sql.lit(letter)} || i`
  for (const [table, changed] of Object.entries({
    person: { id: word('p') },
    candidate: {
      candidate_id: word('c'),
      person_id: word('p'),
      email: sql`'c' || i || '@example.com'`,
    },
    result: { result_id: word('r'), candidate_id: word('c') },
    result_message: { result_id: word('r') },
    certification: { number: word('N') },
    badge: {
      id: word('b'),
      slug: slug('s'),
      hosted_id: slug('h'),
      subject_id: word('u'),
      result_id: word('r'),
      candidate_id: word('c'),
      certification_number: word('N'),
    },
    credential: {
      id: word('d'),
      badge_id: word('b'),
      assertion_id: word('a'),
      credential_id: word('e'),
      status_list: sql`i + 1`,
    },
    job: { id: sql`id || i`, key: sql`key || i` },
  }))
    await copy(table, await columnsOf(db, table), changed)
}

async function columnsOf(db: Db, table: string): Promise<string[]> {
  const tables = await db.introspection.getTables()
  return tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? []
}
