import { type Compilable, type CompiledQuery, type InferResult, SelectQueryNode } from 'kysely'
import type { Db } from './database.ts'
import { readerOf } from './sqlite.ts'

/** A compiled query; where a parameter has a name, the value of that name is put. */
type Fixed = { query: CompiledQuery; names: (string | undefined)[]; isRead: boolean }

/**
 * A query that is always the same but for its values: it is built and compiled once for each kind of database. For
 * queries so frequent that building them costs more than running them. `build` may only place the values, not read
 * them.
 */
export function fixedQuery<Values extends Record<string, unknown>, Query extends Compilable>(
  build: (db: Db, values: Values) => Query,
): (db: Db, values: Values) => Promise<InferResult<Query>> {
  const known = new Map<unknown, Fixed>()
  return async (db, values) => {
    const { plugins, adapter } = db.getExecutor()
    // Plugins see a query while it is built.
    if (plugins.length > 0)
      return (await db.executeQuery(build(db, values).compile())).rows as InferResult<Query>
    let fixed = known.get(adapter.constructor)
    if (!fixed) {
      fixed = fix(build(db, slots as Values).compile())
      known.set(adapter.constructor, fixed)
    }
    const { query, names, isRead } = fixed
    const parameters = names.map((name, index) =>
      name === undefined ? query.parameters[index] : values[name],
    )
    const reader = isRead ? readerOf(db) : undefined
    const { rows } = reader
      ? reader.execute(query.sql, parameters)
      : await db.executeQuery({ ...query, parameters })
    return rows as InferResult<Query>
  }
}

type Slot = { slot: string }
const slots = new Proxy({}, { get: (_, slot) => ({ slot }) })

function fix(query: CompiledQuery): Fixed {
  const names = query.parameters.map((each) => (isSlot(each) ? each.slot : undefined))
  return { query, names, isRead: SelectQueryNode.is(query.query) }
}

function isSlot(parameter: unknown): parameter is Slot {
  return typeof parameter === 'object' && parameter !== null && 'slot' in parameter
}
