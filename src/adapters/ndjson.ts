import { type Row, rowOf } from './message.ts'

/** The messages of NDJSON, one a line; blank lines are none. A line that is no JSON is a row with that mistake. */
export function ndjsonRows(text: string, now: string): Row[] {
  return text
    .split('\n')
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
