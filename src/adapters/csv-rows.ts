import { setImmediate } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import { hasLineEnd, nextLine, skipLine, type TextWindow } from './text-window.ts'

/**
 * One row. `next` is where the following row begins, `looked` how far the reader searched for its end. A broken row has
 * no cells.
 */
export type CsvRow = {
  cells: string[]
  lines: number
  next: number
  looked: number
  broken?: true
}

/** The most characters in a cell of a spreadsheet: a quotation mark that closes later is a stray one. */
const mostInCell = 32_767
// Reading a row is one step, during which other callers wait.
export const mostInRow = 1_048_576

/**
 * Reads one row of CSV at a position (RFC 4180; CR, LF and CRLF end a row), and at most `maxCells` cells of it. A
 * quotation mark counts only at the beginning of a cell. A row is broken when a quotation mark is not closed or is
 * closed within a cell, or when quoted cells extend over more than a mebibyte. A broken row ends with its line, so that
 * the next rows can be read.
 */
export function readRow(text: string, start: number, delimiter: string, maxCells: number): CsvRow {
  const cells: string[] = []
  let at = start
  let lines = 1
  for (;;) {
    const cell = readCell(text, at, delimiter)
    if (cell.broken || (lines > 1 && cell.end - start > mostInRow))
      return { cells: [], lines: 1, next: nextLine(text, start), looked: cell.end, broken: true }
    if (cells.length < maxCells) cells.push(cell.value)
    if (cell.quoted) lines += countLineEnds(text.slice(at, cell.end))
    at = cell.end
    if (text[at] !== delimiter) break
    at += 1
  }
  const next = nextLine(text, at)
  return { cells, lines, next, looked: next }
}

export type Numbered = CsvRow & { row: number; tooLong?: boolean }

// Accidental damage ends within its line or the next few.
const mostLooks = 8

type Reading = { row: number; delimiter: string; maxCells: number }

/**
 * Reads the rows of a window, each as soon as its end is there, and pauses so that other callers are answered while a
 * large file is read. The text that was searched for the end of a broken row is read again, line by line. Throws
 * `malformed` when that adds up to many times the text: such a file is an attack, not an accident.
 */
export async function* readRows(
  window: TextWindow,
  { row: first, delimiter, maxCells }: Reading,
): AsyncGenerator<Numbered> {
  let [row, looked, paused] = [first, 0, 0]
  for (;;) {
    if (window.at >= window.text.length) {
      if (window.isWhole) return
      await window.readMore()
      continue
    }
    const read = readRow(window.text, window.at, delimiter, maxCells)
    looked += read.looked - window.at
    if (looked > mostLooks * (window.arrived + 65_536))
      throw new Problem(
        'malformed/csv-quotation-marks',
        `Quotation marks are out of place in too many rows, up to row ${row}; save the file as CSV again.`,
      )
    const tooLong = !read.broken && read.looked - window.at > mostInRow
    if (tooLong) await skipLine(window)
    else if (isSettled(read, window)) window.at = read.next
    else {
      await readLineEnd(window)
      continue
    }
    yield { ...read, row, tooLong }
    row += 1
    if (looked - paused < 65_536) continue
    paused = looked
    await setImmediate()
  }
}

/** Whether no text that may follow can change how a row is read. */
export function isSettled({ next, looked, broken }: CsvRow, window: TextWindow): boolean {
  const { text, isWhole } = window
  return isWhole || (hasLineEnd(window, next - 1) && (looked < text.length || !broken))
}

/** Waits for a line end, since no row ends without one, or for more than a row may have. */
async function readLineEnd(window: TextWindow) {
  for (;;) {
    const known = window.text.length - window.at
    await window.readMore()
    if (window.text.length > mostInRow || hasLineEnd(window, Math.max(known - 1, 0))) return
  }
}

/** A cell; for a broken one, how far the reader searched for its end. */
type Cell =
  | { value: string; end: number; quoted: boolean; broken?: never }
  | { end: number; broken: true }

function readCell(text: string, start: number, delimiter: string): Cell {
  const first = skipSpaces(text, start, delimiter)
  if (text[first] === '"') return readQuoted(text, first, delimiter)
  const end = endOfPlain(text, first, delimiter)
  return { value: unwrapped(text.slice(first, end).trim()), end, quoted: false }
}

function readQuoted(text: string, first: number, delimiter: string): Cell {
  const room = text.slice(0, first + mostInCell * 2 + 1)
  let close = room.indexOf('"', first + 1)
  while (close !== -1 && text[close + 1] === '"') close = room.indexOf('"', close + 2)
  if (close === -1) return { end: room.length, broken: true }
  const end = skipSpaces(text, close + 1, delimiter)
  if (end < text.length && text[end] !== delimiter && !isLineEnd(text[end]))
    return { end, broken: true }
  const value = text
    .slice(first + 1, close)
    .replaceAll('""', '"')
    .trim()
  return { value: unwrapped(value), end, quoted: true }
}

/** Spreadsheets preserve leading zeros of a number by a formula: ="00123". */
function unwrapped(value: string): string {
  return value.length < mostInCell && /^="[^"]*"$/.test(value) ? value.slice(2, -1).trim() : value
}

function endOfPlain(text: string, start: number, delimiter: string): number {
  let end = start
  while (end < text.length && text[end] !== delimiter && !isLineEnd(text[end])) end += 1
  return end
}

function skipSpaces(text: string, start: number, delimiter: string): number {
  let at = start
  while (text[at] !== delimiter && isSpace(text.charCodeAt(at))) at += 1
  return at
}

function isSpace(code: number): boolean {
  if (code < 0xa0) return code === 0x20 || code === 0x09 || code === 0x0b || code === 0x0c
  return /\s/.test(String.fromCharCode(code))
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r'
}
