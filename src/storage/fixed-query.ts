import {
  type Compilable,
  type CompiledQuery,
  type InferResult,
  type QueryResult,
  SelectQueryNode,
} from 'kysely'
import type { Db } from './database.ts'
import { isSqlite, readCommitted, runInside } from './sqlite.ts'

/**
 * A query that is always the same but for its values: it is built and compiled once for each kind of database, and for
 * each length of its lists. For queries so frequent that building them costs more than running them. `build` may only
 * place the values and walk the lists, not read them.
 */
export function fixedQuery<Values extends Record<string, unknown>, Query extends Compilable>(
  build: (db: Db, values: Values) => Query,
): (db: Db, values: Values) => Promise<InferResult<Query>> {
  const run = fixed(build)
  return async (db, values) => (await run(db, values)).rows as InferResult<Query>
}

/** The same for a write; answers how many rows it wrote. */
export function fixedWrite<Values extends Record<string, unknown>>(
  build: (db: Db, values: Values) => Compilable,
): (db: Db, values: Values) => Promise<number> {
  const run = fixed(build)
  return async (db, values) => Number((await run(db, values)).numAffectedRows ?? 0)
}

/** How many rows or values one statement takes on SQLite: few sizes, so that few statements are compiled. */
const sizes = [32, 8, 3, 1]

/** The same on PostgreSQL, where another statement costs more than compiling one. */
const most = 48

function inParts<Item>(db: Db, items: readonly Item[]): Item[][] {
  const parts: Item[][] = []
  const sqlite = isSqlite(db)
  for (let at = 0; at < items.length; at += parts.at(-1)?.length ?? 1) {
    const size = sqlite ? sizes.find((many) => many <= items.length - at) : most
    parts.push(items.slice(at, at + (size ?? 1)))
  }
  return parts
}

/**
 * An insert of any number of rows with the same columns, in as few statements as `fixedWrite` keeps compiled. `build`
 * may only place the rows. Answers how many rows were written.
 */
export function fixedInsert<Row extends Record<string, unknown>>(
  build: (db: Db, rows: Row[]) => Compilable,
): (db: Db, rows: Row[]) => Promise<number> {
  const run = fixedWrite((db, columns: Record<string, unknown[]>) =>
    build(db, rowsOf(columns) as Row[]),
  )
  return async (db, rows) => {
    let written = 0
    for (const some of inParts(db, rows)) written += await run(db, columnsOf(some))
    return written
  }
}

function columnsOf(rows: Record<string, unknown>[]): Record<string, unknown[]> {
  const names = Object.keys(rows[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]))
}

function rowsOf(columns: Record<string, unknown[]>): Record<string, unknown>[] {
  const names = Object.keys(columns)
  const [first = []] = Object.values(columns)
  return first.map((_, index) =>
    Object.fromEntries(names.map((name) => [name, columns[name]?.[index]])),
  )
}

/**
 * Runs a query with a list for any number of values, in as few queries as `fixedQuery` keeps compiled, and answers the
 * rows of all.
 */
export async function inLists<Value, Row>(
  db: Db,
  values: readonly Value[],
  query: (some: Value[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const some of inParts(db, values)) rows.push(...(await query(some)))
  return rows
}

function fixed<Values extends Record<string, unknown>>(
  build: (db: Db, values: Values) => Compilable,
): (db: Db, values: Values) => Promise<QueryResult<unknown>> {
  const known = new Map<unknown, Map<string, Fixed>>()
  return async (db, values) => {
    const { plugins, adapter } = db.getExecutor()
    // Plugins see a query while it is built.
    if (plugins.length > 0) return db.executeQuery(build(db, values).compile())
    const forms = known.get(adapter.constructor) ?? new Map<string, Fixed>()
    known.set(adapter.constructor, forms)
    const lengths = lengthsOf(values)
    const form = forms.get(lengths) ?? fix(build(db, slotsFor(values) as Values).compile())
    if (forms.size < mostForms) forms.set(lengths, form)
    const { query, slots, isRead } = form
    const parameters = query.parameters.map((each, index) => fill(slots[index], values, each))
    if (isSqlite(db)) {
      if (db.isTransaction) return (await runInside(db))(query.sql, parameters)
      if (isRead) return readCommitted(db)(query.sql, parameters)
    }
    return db.executeQuery({ ...query, parameters })
  }
}

/** A compiled query; where a parameter has a slot, that value is put. */
type Fixed = { query: CompiledQuery; slots: (Slot | undefined)[]; isRead: boolean }

type Slot = { slot: string; index?: number }

/** Lists of more lengths than these are rare, and are compiled each time. */
const mostForms = 50

function lengthsOf(values: Record<string, unknown>): string {
  let lengths = ''
  for (const value of Object.values(values)) if (Array.isArray(value)) lengths += `${value.length} `
  return lengths
}

function slotsFor(values: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(values).map(([slot, value]) => [
      slot,
      Array.isArray(value) ? value.map((_, index) => ({ slot, index })) : { slot },
    ]),
  )
}

function fix(query: CompiledQuery): Fixed {
  const slots = query.parameters.map((each) => (isSlot(each) ? each : undefined))
  return { query, slots, isRead: SelectQueryNode.is(query.query) }
}

function fill(slot: Slot | undefined, values: Record<string, unknown>, fixed: unknown) {
  if (!slot) return fixed
  const value = values[slot.slot]
  return slot.index === undefined ? value : (value as unknown[])[slot.index]
}

function isSlot(parameter: unknown): parameter is Slot {
  return typeof parameter === 'object' && parameter !== null && 'slot' in parameter
}
