import type { Mapping } from '../../schemas/mapping.ts'
import { Problem } from '../problem.ts'
import { readCsv } from './csv.ts'
import { columnsOf, mapTable } from './map.ts'
import { type Row, someRows } from './message.ts'
import { nativeColumns, nativeRows } from './native-csv.ts'
import { looksLikeJson, ndjsonRows } from './ndjson.ts'

type Given = { now: string; most?: number; what: string }

/** The results of a vendor's CSV. Throws what `readCsv` and `mapTable` do, and `malformed` for no rows; `what` is the file. */
export async function vendorRows(mapping: Mapping, text: string, given: Given): Promise<Row[]> {
  if (looksLikeJson(text))
    throw new Problem('malformed', `${given.what} looks like JSON; this adapter reads CSV files.`)
  const table = await readCsv(text, {
    ...mapping.csv,
    ...(given.most && { most: given.most }),
    expected: columnsOf(mapping),
  })
  return someRows(mapTable(mapping, table, given.now), given.what)
}

/** The results of our own CSV. Throws what `readCsv` and `ourRows` do, and `malformed` for no rows; `what` is the file. */
export async function nativeCsvRows(text: string, given: Given): Promise<Row[]> {
  const table = await readCsv(text, {
    ...(given.most && { most: given.most }),
    expected: nativeColumns.map(({ name }) => name),
  })
  return someRows(nativeRows(table, given.now), given.what)
}

/** The results of our own NDJSON. Throws what `ndjsonRows` does, and `malformed` for no rows; `what` is the file. */
export function nativeNdjsonRows(text: string, { now, most, what }: Given): Row[] {
  return someRows(ndjsonRows(text, now, most), what)
}

/** The results of a file of our own, in the format that its name says; where the name says none, its content does. */
export async function nativeFileRows(name: string, text: string, given: Given): Promise<Row[]> {
  const isCsv = /\.(csv|tsv)$/i.test(name)
  const isNdjson = /\.(ndjson|jsonl)$/i.test(name)
  if (isNdjson || (!isCsv && looksLikeJson(text))) return nativeNdjsonRows(text, given)
  if (!looksLikeJson(text)) return nativeCsvRows(text, given)
  throw new Problem(
    'malformed',
    `${given.what} looks like JSON, and its name says CSV: name it .ndjson, with one object a line.`,
  )
}
