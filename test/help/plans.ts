import type { CompiledQuery, KyselyPlugin } from 'kysely'
import type { Test } from 'tap'
import type { Db } from '../../src/storage/database.ts'
import type { Database } from './databases.ts'

/** Every query that goes through the database is written down. */
export function watched(db: Db) {
  const queries: CompiledQuery[] = []
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      queries.push(db.getExecutor().compileQuery(node as never, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { queries, db: db.withPlugin(plugin) }
}

type Step = Record<string, unknown>

/** The steps of a query's plan that look at rows without an index that says which, or sort them. */
export async function scans(db: Db, { name }: Database, query: CompiledQuery): Promise<string[]> {
  const words = name === 'SQLite' ? 'explain query plan' : 'explain (format json)'
  const { rows } = await db.executeQuery<Step>({ ...query, sql: `${words} ${query.sql}` } as never)
  if (name === 'SQLite')
    return rows
      .map(({ detail }) => String(detail))
      .filter((step) => /^SCAN (?!hit$|\(|CONSTANT)|TEMP B-TREE/.test(step))
  const [row] = rows as { 'QUERY PLAN': { Plan: Step }[] }[]
  const broken: string[] = []
  const look = (step: Step) => {
    const type = String(step['Node Type'])
    const blind = /^Index|^Bitmap Index/.test(type) && step['Index Cond'] === undefined
    if (type === 'Seq Scan' || type === 'Sort' || blind) broken.push(JSON.stringify(step))
    for (const inner of (step.Plans ?? []) as Step[]) look(inner)
  }
  look(row?.['QUERY PLAN'][0]?.Plan as Step)
  return broken
}

/** Holds every query that was written down against its plan. */
export async function noScans(t: Test, db: Db, database: Database, queries: CompiledQuery[]) {
  for (const query of queries) t.same(await scans(db, database, query), [], query.sql)
}
