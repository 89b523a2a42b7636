import { Problem } from '../problem.ts'
import { isSettled, mostInRow, type Numbered, readRow, readRows } from './csv-rows.ts'
import { asExpected, countKnown, titleAbove } from './header.ts'
import { hasLineEnd, type TextWindow } from './text-window.ts'

/**
 * A CSV file: its column names and rows. Rows are numbered as a spreadsheet numbers them, empty ones included; the
 * header is row 1 when nothing precedes it. A row that cannot be read has no cells, but a `trouble`.
 */
export type Table = { columns: string[]; records: AsyncGenerator<TableRow> }
export type TableRow = {
  row: number
  cells: Record<string, string>
  trouble?: { message: string; code: string }
}

type Options = {
  /**
   * The delimiter according to the sender. Without one, or when the header does not contain it, it is found in the
   * header.
   */
  delimiter?: string | undefined
  /** The names of the expected columns. */
  expected?: string[]
}

// The work for each column of each row must not add up to hours.
const mostColumns = 500
const mostAbove = 1000
const delimiters = [',', ';', '\t', '|']

/**
 * Reads CSV (RFC 4180, as spreadsheets write it): its header at once, its rows as they arrive. The delimiter is found in
 * the header, or given by a line `sep=`. All line ends are accepted, and empty rows are skipped. A column name that
 * differs from an expected one only in case and spaces counts as that one. Cells are trimmed, and missing where a row
 * ends early. Throws `malformed` for a header that is unreadable or has more than 500 columns, `invalid` for a title
 * above the header.
 */
export async function readCsv(window: TextWindow, options: Options = {}): Promise<Table> {
  const { expected = [] } = options
  const declared = await readDeclaration(window)
  const { row, cells: names, delimiter } = await topOf(window, declared ?? options.delimiter)
  if (names.length > mostColumns)
    throw new Problem(
      'malformed/csv-too-many-columns',
      `The header has more than ${mostColumns} columns; is the delimiter “${delimiter}”? Nothing was kept.`,
    )
  if (countKnown(names, expected) * 3 < expected.length)
    findTitle(window, { row, cells: names }, expected)
  const columns = asExpected(withoutEnd(names), expected)
  return { columns, records: readRecords(window, { row: row + 1, columns, delimiter }) }
}

type Reading = { row: number; columns: string[]; delimiter: string }

async function* readRecords(window: TextWindow, { row, columns, delimiter }: Reading) {
  for await (const each of readRows(window, { row, delimiter, maxCells: mostColumns + 1 }))
    if (each.broken || each.tooLong || each.cells.some((cell) => cell !== ''))
      yield recordOf(each, columns, delimiter)
}

/** The delimiter that a first line `sep=` gives. */
async function readDeclaration(window: TextWindow): Promise<string | undefined> {
  while (!hasLineEnd(window, 0) && isShort(window)) await window.readMore()
  const declared = /^\s*"?sep=(.)"?[ \t]*(\r\n|\r|\n|$)/i.exec(window.text)
  window.at += declared?.[0].length ?? 0
  return declared?.[1]
}

const isShort = ({ text, at }: TextWindow) => text.length - at <= mostInRow

/** The first row that is not empty, with the delimiter that splits it into the most cells. */
async function topOf(window: TextWindow, declared: string | undefined) {
  for (let row = 1; ; row += 1) {
    if (row > mostAbove)
      throw new Problem(
        'malformed/csv-no-header',
        `There is no header in the first ${mostAbove} rows.`,
      )
    const top = await readTop(window, declared)
    const whole = top.filter(({ broken }) => !broken)
    if (whole.length === 0)
      throw new Problem(
        'malformed/csv-header-unreadable',
        `The header, row ${row}, cannot be read: a quotation mark is out of place, or is not closed. Nothing was kept.`,
      )
    const [best] = whole.toSorted((one, two) => two.cells.length - one.cells.length)
    const right =
      whole.find(({ delimiter, cells }) => delimiter === declared && cells.length > 1) ?? best
    if (!right || window.at >= window.text.length)
      return { delimiter: declared ?? ',', cells: [], row }
    window.at = right.next
    if (right.cells.some((cell) => cell !== '')) return { ...right, row }
  }
}

/** The next row, split by each delimiter. */
async function readTop(window: TextWindow, declared: string | undefined) {
  for (;;) {
    const tries = [...new Set([declared, ...delimiters])]
      .filter((each) => each !== undefined)
      .map((delimiter) => ({
        delimiter,
        ...readRow(window.text, window.at, delimiter, mostColumns + 1),
      }))
    const isThere = window.at < window.text.length && tries.every((each) => isSettled(each, window))
    if (window.isWhole || isThere || !isShort(window)) return tries
    await window.readMore()
  }
}

/** Throws when the expected header is further down. */
function findTitle(
  { text, at: below }: TextWindow,
  top: { row: number; cells: string[] },
  expected: string[],
) {
  let at = below
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
  { row, cells, lines, broken, tooLong }: Numbered,
  columns: string[],
  delimiter: string,
): TableRow {
  const trouble = (code: string, message: string) => ({
    row,
    cells: {},
    trouble: { code, message },
  })
  if (tooLong) return trouble('csv-row-too-long', `The row has more than ${mostInRow} characters.`)
  if (broken)
    return trouble(
      'csv-quotation-mark',
      'A quotation mark is out of place, or is not closed. Write "" for one within quotation marks.',
    )
  const filled = cells.findLastIndex((cell) => cell !== '') + 1
  if (lines > 1 && mayBeRows(cells, columns.length, delimiter))
    return trouble(
      'csv-rows-merged',
      `A cell in quotation marks goes over ${lines} lines, and more than one row may be in it: a quotation mark may be loose. Nothing of these lines was kept.`,
    )
  if (filled > columns.length)
    return trouble(
      'csv-too-many-cells',
      `The row has more cells than the header has columns; put cells that hold a “${delimiter}” in quotation marks.`,
    )
  return {
    row,
    cells: Object.fromEntries(
      cells.slice(0, columns.length).map((cell, at) => [columns[at], cell]),
    ),
  }
}

/**
 * Whether a stray quotation mark in one row and another in a later one merged several rows. Such cells must never count
 * as one row.
 */
function mayBeRows(cells: string[], columns: number, delimiter: string): boolean {
  return cells.length < columns || cells.join(delimiter).split(delimiter).length >= columns * 2 - 1
}

function withoutEnd(columns: string[]): string[] {
  return columns.slice(0, columns.findLastIndex((name) => name !== '') + 1)
}
