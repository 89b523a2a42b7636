import type { CompiledQuery, KyselyPlugin } from 'kysely'
import type { Test } from 'tap'
import type { Db } from '../../src/storage/database.ts'
import type { Database } from './databases.ts'

/** Records every query of the database. */
export function watched(db: Db) {
  const queries: CompiledQuery[] = []
  // A subquery that is built separately appears by itself, too; only queries with a result were run.
  const built = new Map<unknown, CompiledQuery>()
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      built.set(queryId, db.getExecutor().compileQuery(node as never, queryId))
      return node
    },
    transformResult: async ({ result, queryId }) => {
      const query = built.get(queryId)
      if (query) queries.push(query)
      return result
    },
  }
  return { queries, db: db.withPlugin(plugin) }
}

type Step = Record<string, unknown>

/** The steps of a query's plan that scan rows without an index, or sort them. */
export async function scans(db: Db, { name }: Database, query: CompiledQuery): Promise<string[]> {
  const words = name === 'SQLite' ? 'explain query plan' : 'explain (format json)'
  const { rows } = await db.executeQuery<Step>({ ...query, sql: `${words} ${query.sql}` } as never)
  if (name === 'SQLite') {
    const steps = rows.map(({ detail }) => String(detail))
    // Each part with a limit may be sorted, once.
    const sorts = steps.filter((step) => /TEMP B-TREE/.test(step))
    const allowed = steps.filter((step) => step === 'SCAN part').length
    const blind = steps.filter((step) => /^SCAN (?!(hit|some|part)$|\(subquery)/.test(step))
    return [...blind, ...sorts.slice(allowed)]
  }
  const [row] = rows as { 'QUERY PLAN': { Plan: Step }[] }[]
  const broken: string[] = []
  const look = (step: Step) => {
    const type = String(step['Node Type'])
    const blind = /^Index|^Bitmap Index/.test(type) && step['Index Cond'] === undefined
    const sorts = type === 'Sort' && !isBounded(step)
    if (type === 'Seq Scan' || sorts || blind) broken.push(JSON.stringify(step))
    for (const inner of (step.Plans ?? []) as Step[]) look(inner)
  }
  look(row?.['QUERY PLAN'][0]?.Plan as Step)
  return broken
}

/** Whether a limit bounds the rows that come from the steps below. */
function isBounded(step: Step): boolean {
  const below = (step.Plans ?? []) as Step[]
  return below.length > 0 && below.every((each) => each['Node Type'] === 'Limit' || isBounded(each))
}

/** Checks the plan of every recorded query. */
export async function noScans(t: Test, db: Db, database: Database, queries: CompiledQuery[]) {
  for (const query of queries) t.same(await scans(db, database, query), [], query.sql)
}
