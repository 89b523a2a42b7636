import { type Row, rowOf, tooMany } from './message.ts'

/**
 * The messages of NDJSON, one a line; blank lines are none. A line that is no JSON is a row with that mistake. Throws `too-large` for
 * more than `most` lines, before any is read.
 */
export function ndjsonRows(text: string, now: string, most = 2 ** 31): Row[] {
  const lines = text.trimEnd().split('\n', most + 1)
  if (lines.length > most) throw tooMany(most)
  return lines
    .map((line, index) => ({ line: line.trim(), row: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, row }) => readLine(row, line, now))
}

function readLine(row: number, line: string, now: string): Row {
  try {
    return rowOf(row, JSON.parse(line), now)
  } catch (error) {
    const message = `The line is not JSON: ${(error as Error).message}.`
    return { row, mistakes: [{ path: '/', message }] }
  }
}
