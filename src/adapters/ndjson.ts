import { setImmediate } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import { readJson } from './json.ts'
import { type LazyRow, type Row, rowOf } from './message.ts'
import { hasLineEnd, nextLine, skipLine, type TextWindow } from './text-window.ts'

/** A message of the exam system has no more characters, so a longer line is none. */
const mostInLine = 65_536

/**
 * The messages of NDJSON, one a line, each as soon as its line is there; blank lines are skipped. A line that is not
 * JSON becomes a row with that mistake. A single message that spans all lines is one row. Throws `malformed` for an array.
 */
export async function* ndjsonRows(window: TextWindow, now: () => string): AsyncGenerator<LazyRow> {
  if (await isOneMessage(window)) return yield () => readLine(1, window.text, now())
  for await (const { row, line } of readLines(window))
    yield () => (line.length > mostInLine ? tooLong(row) : readLine(row, line, now()))
}

/** Whether a text begins like JSON, and unlike CSV. */
export function looksLikeJson(text: string): boolean {
  return /^[[{]/.test(text.trimStart())
}

/**
 * Whether a text is one message that was written over several lines. Throws `malformed` for an array. Waits for more
 * than the first line only if that is no message by itself.
 */
async function isOneMessage(window: TextWindow): Promise<boolean> {
  while (!hasLineEnd(window, beginOf(window)) && !isLong(window)) await window.readMore()
  const [first = ''] = window.text.trim().split(/[\r\n]/, 1)
  const isArrayLike = first.startsWith('[')
  if (!looksLikeJson(first) || (isJson(first) && !isArrayLike)) return false
  while (!window.isWhole && window.arrived <= mostInLine) await window.readMore()
  const all = window.text.trim()
  const isOneLine = first.length === all.length
  const isValid = window.isWhole ? isJson(all) && (isOneLine || !isJson(first)) : !isJson(first)
  // A single line may be an array that is no list of messages; that is the mistake of its row.
  if (isArrayLike && isValid && (!isOneLine || /^\[\s*[{\]]/.test(all))) throw isArray()
  return isValid && !isArrayLike && !isOneLine && window.isWhole
}

/** Where the first line that is not blank begins. */
function beginOf({ text }: TextWindow): number {
  return text.length - text.trimStart().length
}

/** The lines that are not blank, with their numbers. Of a line that is too long, only its beginning. */
async function* readLines(window: TextWindow) {
  let paused = 0
  for (let row = 1; ; row += 1) {
    while (!hasLineEnd(window, window.at) && !isLong(window)) await window.readMore()
    const { text, at } = window
    if (window.isWhole && at >= text.length) return
    const isTooLong = isLong(window) && nextLine(text, at) - at > mostInLine
    if (isTooLong) await skipLine(window)
    else window.at = nextLine(text, at)
    const line = isTooLong ? text.slice(at, at + mostInLine + 1) : text.slice(at, window.at).trim()
    if (line !== '') yield { row, line }
    if (window.arrived - window.text.length + window.at - paused < 65_536) continue
    paused = window.arrived - window.text.length + window.at
    await setImmediate()
  }
}

const isLong = ({ text, at }: TextWindow) => text.length - at > mostInLine + 2

function tooLong(row: number): Row {
  const message = `The line has more than ${mostInLine} characters.`
  return { row, mistakes: [{ path: '/', message, code: 'line-too-long' }] }
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
