import type { Mapping } from '../../schemas/mapping.ts'
import { Problem } from '../problem.ts'
import { readCsv } from './csv.ts'
import { checkMappedHeader, columnsOf, mapRow } from './map.ts'
import type { LazyRow } from './message.ts'
import { checkNativeHeader, nativeColumns, nativeRow } from './native-csv.ts'
import { looksLikeJson, ndjsonRows } from './ndjson.ts'
import { noRows } from './text.ts'
import type { TextWindow } from './text-window.ts'

/** How the rows of a file are written: as CSV or NDJSON of our own, or as a vendor's CSV. */
export type RowFormat = 'csv' | 'ndjson' | Mapping

/** `what` names the file, as the subject of sentences; `now` is the time at which a row is read. */
type Given = { now: () => string; what: string }

/**
 * The results of a file, in the order of its rows, each as soon as it is there. Throws as `readCsv` and `ndjsonRows` do,
 * `invalid` for a wrong header, and `malformed` when there are no rows.
 */
export async function* fileRows(
  window: TextWindow,
  format: RowFormat,
  given: Given,
): AsyncGenerator<LazyRow> {
  let isEmpty = true
  for await (const row of rowsOf(window, format, given)) {
    isEmpty = false
    yield row
  }
  if (isEmpty) throw noRows(given.what)
}

/** The format of a file of our own: its name decides, and if it names none, how its text begins. */
export function nativeFormat(name: string, begin: string, what: string): RowFormat {
  const isCsv = /\.(csv|tsv)$/i.test(name)
  if (/\.(ndjson|jsonl)$/i.test(name) || (!isCsv && looksLikeJson(begin))) return 'ndjson'
  if (!looksLikeJson(begin)) return 'csv'
  throw new Problem(
    'malformed/json-named-csv',
    `${what} looks like JSON, and its name says CSV: name it .ndjson, with one object a line.`,
  )
}

function rowsOf(window: TextWindow, format: RowFormat, given: Given): AsyncGenerator<LazyRow> {
  if (format === 'ndjson') return ndjsonRows(window, given.now)
  return format === 'csv' ? nativeCsvRows(window, given) : vendorRows(window, format, given)
}

async function* nativeCsvRows(window: TextWindow, { now }: Given): AsyncGenerator<LazyRow> {
  const { columns, records } = await readCsv(window, {
    expected: nativeColumns.map(({ name }) => name),
  })
  checkNativeHeader(columns)
  for await (const record of records) yield () => nativeRow(record, now())
}

async function* vendorRows(
  window: TextWindow,
  mapping: Mapping,
  { now, what }: Given,
): AsyncGenerator<LazyRow> {
  if (!window.isWhole && window.text === '') await window.readMore()
  if (looksLikeJson(window.text))
    throw new Problem(
      'malformed/json-not-csv',
      `${what} looks like JSON; this adapter reads CSV files.`,
    )
  const { columns, records } = await readCsv(window, {
    ...mapping.csv,
    expected: columnsOf(mapping),
  })
  checkMappedHeader(mapping, columns)
  for await (const record of records) yield () => mapRow(mapping, record, now())
}
