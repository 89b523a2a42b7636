import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { type CsvError, parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import type { ImportReport } from '../../schemas/import-report.ts'
import { Problem } from '../problem.ts'
import { tooMany } from './message.ts'

/** A CSV file: the names of its columns, and its rows, each counted as a spreadsheet does, the header being 1. */
export type Table = { columns: string[]; records: { row: number; cells: Record<string, string> }[] }

// What is done for each column of each row must not add up to hours.
const mostColumns = 500

/**
 * Reads CSV (RFC 4180; a byte order mark and either line end will do). Cells are text, trimmed, and missing where a row ends early;
 * rows of empty cells are none. Throws `malformed` with the line from which on it cannot be read, or for more columns than anybody
 * has, `too-large` for more rows than `most`.
 */
export async function readCsv(
  text: string,
  { delimiter = ',', most = Number.POSITIVE_INFINITY }: { delimiter?: string; most?: number } = {},
): Promise<Table> {
  const parsed = await parseCsv(text, delimiter, most)
  const columns = parsed[0] ?? []
  const lines = parsed.slice(1)
  const records = lines.map((cells, index) => ({
    row: index + 2,
    cells: Object.fromEntries(cells.map((cell, at) => [columns[at] ?? '', cell])),
    extra: cells.length > columns.length,
    empty: cells.every((cell) => cell === ''),
  }))
  const long = records.find(({ extra }) => extra)
  if (long)
    throw new Problem(
      'malformed',
      `Row ${long.row} has more cells than the header has columns; put cells that hold a “${delimiter}” in quotation marks.`,
    )
  return {
    columns,
    records: records.filter(({ empty }) => !empty).map(({ row, cells }) => ({ row, cells })),
  }
}

async function parseCsv(text: string, delimiter: string, most: number): Promise<string[][]> {
  const rows: string[][] = []
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    trim: true,
    skip_empty_lines: false,
  })
  Readable.from(pieces(text)).pipe(parser)
  try {
    for await (const cells of parser) {
      if (cells.length > mostColumns)
        throw new Problem(
          'malformed',
          `Row ${rows.length + 1} has more than ${mostColumns} columns; is the delimiter “${delimiter}”? Nothing was kept.`,
        )
      rows.push(cells as string[])
      if (rows.length > most + 1) throw tooMany(most)
    }
  } catch (error) {
    if (error instanceof Problem || !('code' in (error as object))) throw error
    const { lines } = error as CsvError & { lines?: number }
    throw new Problem(
      'malformed',
      `The CSV cannot be read from line ${lines ?? 1} on: a quotation mark is out of place, or is not closed.`,
    )
  }
  return rows
}

/** In pieces, with a pause after each: other callers are answered while a large file is read. */
async function* pieces(text: string) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += 65536) {
    yield bytes.subarray(at, at + 65536)
    await setImmediate()
  }
}

const reportColumns = ['row', 'resultId', 'revision', 'outcome', 'state', 'reason', 'errors']

/** A report as CSV, one row each; no cell can be taken for a formula by a spreadsheet. */
export function writeReport({ rows }: ImportReport): string {
  const lines = rows.map((row) => ({
    ...row,
    errors: row.errors?.map(({ path, message }) => `${path}: ${message}`).join(' '),
  }))
  return stringify(lines, {
    bom: true,
    header: true,
    columns: reportColumns,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
