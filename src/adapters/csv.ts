import { Problem } from '../problem.ts'
import { type Numbered, readRow, readRows } from './csv-rows.ts'
import { asExpected, countKnown, titleAbove } from './header.ts'
import { tooMany } from './message.ts'

/**
 * A CSV file: the names of its columns, and its rows, each counted as a spreadsheet does, empty ones too; the header is 1 when nothing
 * is above it. A row that cannot be read has no cells, and its trouble as a sentence.
 */
export type Table = { columns: string[]; records: TableRow[] }
type TableRow = { row: number; cells: Record<string, string>; trouble?: string }

type Options = {
  /** What the sender says it is; otherwise, and when the header has none of it, it is found in the header. */
  delimiter?: string | undefined
  most?: number
  /** The names of columns that are looked for. */
  expected?: string[]
}

// What is done for each column of each row must not add up to hours.
const mostColumns = 500
const mostAbove = 1000
const delimiters = [',', ';', '\t', '|']

/**
 * Reads CSV (RFC 4180, as spreadsheets write it): the delimiter is found in the header, or said by a line `sep=`; lines end as they
 * like; empty rows are none; names of columns are the expected ones where they differ from them in case and spaces alone. Cells are
 * trimmed, and missing where a row ends early. Throws `malformed` for a header that cannot be read or has more columns than anybody
 * has, `invalid` for a title above the header, `too-large` for more rows than `most`.
 */
export async function readCsv(text: string, options: Options = {}): Promise<Table> {
  const { most = Number.POSITIVE_INFINITY, expected = [] } = options
  const said = /^\s*"?sep=(.)"?[ \t]*(\r\n|\r|\n|$)/i.exec(text)
  const body = said ? text.slice(said[0].length) : text
  const top = topOf(body, said?.[1] ?? options.delimiter)
  const { row, cells: names, next, delimiter } = top
  if (names.length > mostColumns)
    throw new Problem(
      'malformed',
      `The header has more than ${mostColumns} columns; is the delimiter “${delimiter}”? Nothing was kept.`,
    )
  if (countKnown(names, expected) * 3 < expected.length) findTitle(body, top, expected)
  const columns = asExpected(withoutEnd(names), expected)
  const records: TableRow[] = []
  const rows = readRows(body, { at: next, row: row + 1, delimiter, most: mostColumns + 1 })
  for await (const each of rows) {
    if (each.cells.every((cell) => cell === '') && !each.broken) continue
    if (records.length === most) throw tooMany(most)
    records.push(recordOf(each, columns, delimiter))
  }
  return { columns, records }
}

/** The first row that is not empty, with the delimiter that parts most cells of it. */
function topOf(text: string, said: string | undefined) {
  let at = 0
  let row = 1
  for (; at < text.length; row += 1) {
    const start = at
    if (row > mostAbove)
      throw new Problem('malformed', `There is no header in the first ${mostAbove} rows.`)
    const tries = [...new Set([said, ...delimiters])]
      .filter((each) => each !== undefined)
      .map((delimiter) => ({ delimiter, ...readRow(text, start, delimiter, mostColumns + 1) }))
    const whole = tries.filter(({ broken }) => !broken)
    if (whole.length === 0)
      throw new Problem(
        'malformed',
        `The header, row ${row}, cannot be read: a quotation mark is out of place, or is not closed. Nothing was kept.`,
      )
    const [best] = whole.toSorted((one, two) => two.cells.length - one.cells.length)
    const right =
      whole.find(({ delimiter, cells }) => delimiter === said && cells.length > 1) ?? best
    if (!right) break
    if (right.cells.some((cell) => cell !== '')) return { ...right, row }
    at = right.next
  }
  return { delimiter: said ?? ',', cells: [], next: text.length, row }
}

/** Throws when the header that is expected stands further down. */
function findTitle(
  text: string,
  top: { row: number; cells: string[]; next: number },
  expected: string[],
) {
  let at = top.next
  for (let row = top.row + 1; row < top.row + 20 && at < text.length; row += 1) {
    const start = at
    const tries = delimiters.map((each) => readRow(text, start, each, mostColumns))
    const known = tries.map(({ cells }) => countKnown(cells, expected))
    if (Math.max(...known) * 3 >= expected.length && Math.max(...known) > 1)
      throw titleAbove(top.cells, { title: top.row, header: row })
    at = tries[0]?.next ?? text.length
  }
}

function recordOf(
  { row, cells, lines, broken }: Numbered,
  columns: string[],
  delimiter: string,
): TableRow {
  const trouble = (words: string) => ({ row, cells: {}, trouble: words })
  if (broken)
    return trouble(
      'A quotation mark is out of place, or is not closed. Write "" for one within quotation marks.',
    )
  const filled = cells.findLastIndex((cell) => cell !== '') + 1
  if (lines > 1 && mayBeRows(cells, columns.length, delimiter))
    return trouble(
      `A cell in quotation marks goes over ${lines} lines, and more than one row may be in it: a quotation mark may be loose. Nothing of these lines was kept.`,
    )
  if (filled > columns.length)
    return trouble(
      `The row has more cells than the header has columns; put cells that hold a “${delimiter}” in quotation marks.`,
    )
  return {
    row,
    cells: Object.fromEntries(
      cells.slice(0, columns.length).map((cell, at) => [columns[at], cell]),
    ),
  }
}

/** What one quotation mark opened in a row and another one closed in a later row: never to be read as the cells of one. */
function mayBeRows(cells: string[], columns: number, delimiter: string): boolean {
  return cells.length < columns || cells.join(delimiter).split(delimiter).length >= columns * 2 - 1
}

function withoutEnd(columns: string[]): string[] {
  return columns.slice(0, columns.findLastIndex((name) => name !== '') + 1)
}
