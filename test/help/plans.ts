import { type CompiledQuery, type KyselyPlugin, sql } from 'kysely'
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

/** Steps that read more rows than they need, though they use an index: all of an exam system, or all in a state. */
const broad = /(?<!(result_open|review_item_state) )\((source|state|kind|visibility)=\?\)/

/** The newest status list is found from the end of its numbers; of what was erased, the first is enough; a statement's own rows are few; a person's are sorted. */
const allowed =
  /^SCAN (status_list|erased_(attempt|result) USING COVERING INDEX \w+|\d+-ROW VALUES CLAUSE|CONSTANT ROW|part|hit|some|asked|review_item.*|badge USING COVERING INDEX badge_listed|(mail_link|session)|voided_statement.*|poll|api_key|programme_version|installation_key|kysely_migration)$|TEMP B-TREE/

/** The tables that grow; PostgreSQL rightly reads the others whole. A sort is of one person's rows. */
const large =
  /"Relation Name":"(person|candidate|result|result_message|certification|badge|credential|job|mail|audit|directory|profile|account|account_address)"/
const sorts = /^{"Node Type":"Sort"|"Index Name":"badge_listed"/

/** The steps of a plan that read too much, or might. */
async function wideSteps(db: Db, database: Database, query: CompiledQuery): Promise<string[]> {
  if (database.name === 'PostgreSQL')
    // In a small table it would rather read all rows.
    return db.connection().execute(async (one) => {
      await sql`set enable_seqscan = off`.execute(one)
      const steps = await scans(one, database, query)
      await sql`reset enable_seqscan`.execute(one)
      return steps.filter((step) => large.test(step) && !sorts.test(step))
    })
  const explained = { ...query, sql: `explain query plan ${query.sql}` }
  const { rows } = await db.executeQuery<{ detail: string }>(explained)
  return rows
    .map(({ detail }) => detail)
    .filter((step) => (/^SCAN/.test(step) || broad.test(step)) && !allowed.test(step))
}

/** Checks that no recorded query reads more rows when there are more badges. */
export async function staysNarrow(t: Test, db: Db, database: Database, queries: CompiledQuery[]) {
  for (const query of new Map(queries.map((each) => [each.sql, each])).values())
    t.same(await wideSteps(db, database, query), [], query.sql)
}
