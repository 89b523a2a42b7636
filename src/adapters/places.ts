import { Problem } from '../problem.ts'
import { writtenNumber } from './json.ts'

/** The value at a place in JSON: a JSON pointer (RFC 6901), or the name of a top-level field. */
export function valueAt(record: unknown, place: string): unknown {
  const steps = place.startsWith('/') ? place.slice(1).split('/').map(unescaped) : [place]
  let value = record
  for (const step of steps) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

/** The same as trimmed text; empty when absent. Throws `invalid` for a list or an object. */
export function textAt(record: unknown, place: string | undefined): string {
  const value = place === undefined ? undefined : valueAt(record, place)
  const number = writtenNumber(value)
  if (number !== undefined) return String(Number(number))
  if (value === undefined || value === null) return ''
  if (typeof value === 'object')
    throw new Problem('invalid/wrong-type', `“${place}” must be text, a number, or true or false.`)
  return String(value).trim()
}

/**
 * The text of an identifier at a place; empty when absent. A number is accepted only as a whole number written in full.
 * Throws `invalid` for any other number, true and false, a list or an object.
 */
export function idAt(record: unknown, place: string | undefined): string {
  const value = place === undefined ? undefined : valueAt(record, place)
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value.trim()
  const number = writtenNumber(value) ?? (typeof value === 'number' ? String(value) : '')
  if (/^(0|[1-9]\d*)$/.test(number)) return number
  const is = number === '' ? '' : `, and ${number.slice(0, 40)} is not one`
  throw new Problem(
    'invalid/wrong-type',
    `“${place}” must be text, or a whole number that is written in full${is}.`,
  )
}

/** Escapes one name of a JSON pointer. */
export function step(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unescaped(step: string) {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}
