import { inspectJson } from '../../schemas/inspect-json.ts'
import { type FieldError, Problem } from '../problem.ts'

const written = Symbol('written')

/** The original text of a JSON number that JavaScript would write differently, such as 7.0 or one of 20 digits. */
export type Written = { [written]: string }

/** The value of a JSON text; `mistakes` names each key that one object has twice. */
export type Read = { value: unknown; mistakes: FieldError[] }

/**
 * Reads JSON. With `digits`, no digit is lost: a number that JavaScript would write differently keeps its text
 * (`writtenNumber`). Throws `malformed` with the parser's reason when the text is not JSON. `what` is the subject of
 * that sentence.
 */
export function readJson(text: string, what: string, { digits = false } = {}): Read {
  try {
    const value: unknown = JSON.parse(text)
    const { repeated, oddNumbers } = inspectJson(text)
    return { value: digits && oddNumbers ? withDigits(text) : value, mistakes: repeated.map(twice) }
  } catch (error) {
    throw new Problem('malformed/not-json', `${what} is not JSON: ${(error as Error).message}.`)
  }
}

/** The original text of a number that JavaScript would write differently. Undefined for any other value. */
export function writtenNumber(value: unknown): string | undefined {
  return value !== null && typeof value === 'object' && written in value
    ? (value as Written)[written]
    : undefined
}

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown

function withDigits(text: string): unknown {
  // ECMAScript 2026 gives the source of each value to the reviver; TypeScript's types lack it so far.
  const keep: Reviver = (_key, value, { source } = {}) =>
    typeof value !== 'number' || source === undefined || String(value) === source
      ? value
      : { [written]: source }
  return JSON.parse(text, keep)
}

function twice(path: string): FieldError {
  const name = (path.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
  return {
    path,
    message: `${name || '""'} is there twice in one object, and readers differ on which one counts; send it once.`,
    code: 'duplicate-key',
  }
}
