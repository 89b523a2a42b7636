import type { Mapping } from '../../schemas/mapping.ts'
import { Problem } from '../problem.ts'
import { readCsv } from './csv.ts'
import { columnsOf, mapTable } from './map.ts'
import { type Row, someRows } from './message.ts'
import { nativeColumns, nativeRows } from './native-csv.ts'
import { looksLikeJson, ndjsonRows } from './ndjson.ts'

type Given = { now: string; maxRows?: number; what: string }

/**
 * The results of a vendor's CSV. Throws as `readCsv` and `mapTable` do, and `malformed` when there are no rows. `what`
 * names the file.
 */
export async function vendorRows(mapping: Mapping, text: string, given: Given): Promise<Row[]> {
  if (looksLikeJson(text))
    throw new Problem(
      'malformed/json-not-csv',
      `${given.what} looks like JSON; this adapter reads CSV files.`,
    )
  const table = await readCsv(text, {
    ...mapping.csv,
    ...(given.maxRows && { maxRows: given.maxRows }),
    expected: columnsOf(mapping),
  })
  return someRows(mapTable(mapping, table, given.now), given.what)
}

/**
 * The results of our own CSV. Throws as `readCsv` and `nativeRows` do, and `malformed` when there are no rows. `what`
 * names the file.
 */
export async function nativeCsvRows(text: string, given: Given): Promise<Row[]> {
  const table = await readCsv(text, {
    ...(given.maxRows && { maxRows: given.maxRows }),
    expected: nativeColumns.map(({ name }) => name),
  })
  return someRows(nativeRows(table, given.now), given.what)
}

/**
 * The results of our own NDJSON. Throws as `ndjsonRows` does, and `malformed` when there are no rows. `what` names the
 * file.
 */
export function nativeNdjsonRows(text: string, { now, maxRows, what }: Given): Row[] {
  return someRows(ndjsonRows(text, now, maxRows), what)
}

/** The results of a file of our own. The name decides the format; if it names none, the content does. */
export async function nativeFileRows(name: string, text: string, given: Given): Promise<Row[]> {
  const isCsv = /\.(csv|tsv)$/i.test(name)
  const isNdjson = /\.(ndjson|jsonl)$/i.test(name)
  if (isNdjson || (!isCsv && looksLikeJson(text))) return nativeNdjsonRows(text, given)
  if (!looksLikeJson(text)) return nativeCsvRows(text, given)
  throw new Problem(
    'malformed/json-named-csv',
    `${given.what} looks like JSON, and its name says CSV: name it .ndjson, with one object a line.`,
  )
}
