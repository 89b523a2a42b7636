import { Problem } from '../problem.ts'
import { readJson } from './json.ts'
import { type Row, rowOf, tooMany } from './message.ts'

/**
 * The messages of NDJSON, one a line; blank lines are skipped. A line that is not JSON becomes a row with that mistake.
 * A single message that spans all lines is one row. Throws `malformed` for an array, and `too-large` for more than
 * `maxRows` lines before any is read.
 */
export function ndjsonRows(text: string, now: string, maxRows = 2 ** 31): Row[] {
  const lines = text.trim().split(/\r\n|\n|\r/, maxRows + 1)
  if (lines.length > maxRows) throw tooMany(maxRows)
  const [first = ''] = lines
  if (/^[[{]/.test(first) && lines.length > 1 && !isJson(first) && isJson(text)) {
    if (first.startsWith('[')) throw isArray()
    return [readLine(1, text, now)]
  }
  if (lines.length === 1 && /^\[\s*[{\]]/.test(first) && isJson(first)) throw isArray()
  const before = text.slice(0, text.length - text.trimStart().length)
  const blank = before.match(/\r\n|\n|\r/g)?.length ?? 0
  return lines
    .map((line, index) => ({ line: line.trim(), row: blank + index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, row }) => readLine(row, line, now))
}

/** Whether a text begins like JSON, and unlike CSV. */
export function looksLikeJson(text: string): boolean {
  return /^[[{]/.test(text.trimStart())
}

function isArray() {
  return new Problem(
    'malformed/json-array',
    'This is a JSON array; send one object a line (NDJSON), without brackets around all and commas between them. Nothing was kept.',
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function readLine(row: number, line: string, now: string): Row {
  try {
    const { value, mistakes } = readJson(line, 'The line')
    return rowOf(row, value, now, mistakes)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { row, mistakes: [{ path: '/', message: error.message, code: error.code }] }
  }
}
