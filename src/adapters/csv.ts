import { type CsvError, parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import type { ImportReport } from '../../schemas/import-report.ts'
import { Problem } from '../problem.ts'

/** A CSV file: the names of its columns, and its rows, each counted as a spreadsheet does, the header being 1. */
export type Table = { columns: string[]; records: { row: number; cells: Record<string, string> }[] }

/**
 * Reads CSV (RFC 4180; a byte order mark and either line end will do). Cells are text, trimmed; rows of empty cells are none.
 * Throws `malformed` with the line from which on it cannot be read.
 */
export async function readCsv(text: string, delimiter = ','): Promise<Table> {
  const [header, ...lines] = await parsed(text, delimiter)
  const columns = header ?? []
  const records = lines.map((cells, index) => ({
    row: index + 2,
    cells: Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])),
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

async function parsed(text: string, delimiter: string): Promise<string[][]> {
  const rows: string[][] = []
  const parser = parse(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    trim: true,
    skip_empty_lines: false,
  })
  try {
    for await (const cells of parser) rows.push(cells as string[])
  } catch (error) {
    if (!('code' in (error as object))) throw error
    const { lines } = error as CsvError & { lines?: number }
    throw new Problem(
      'malformed',
      `The CSV cannot be read from line ${lines ?? 1} on: a quotation mark is out of place, or is not closed.`,
    )
  }
  return rows
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
