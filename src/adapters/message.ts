import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { ExamResult, type SentResult } from '../../schemas/exam-result.ts'
import { sentences } from '../../schemas/sentences.ts'
import { messageMistakes } from '../domain/result.ts'
import { type FieldError, Problem } from '../problem.ts'

const ajv = new Ajv({ allErrors: true, verbose: true })
addFormats.default(ajv)
const validate = ajv.compile(ExamResult)

/** One result out of many: what it says, or every mistake in it. `row` is where the sender finds it. */
export type Row = { row: number; resultId?: string } & (
  | { message: SentResult; mistakes?: never }
  | { mistakes: FieldError[]; message?: never }
)

/** Everything that keeps a value from being a message: what its schema says and what a schema cannot say. `now` is an instant. */
export function mistakesIn(value: unknown, now: string): FieldError[] {
  const mistakes = validate(value) ? [] : sentences(validate.errors ?? [])
  const places = new Set(mistakes.map(({ path }) => path))
  if (value === null || typeof value !== 'object') return mistakes
  return [...mistakes, ...messageMistakes(value, now).filter(({ path }) => !places.has(path))]
}

/** What a file is answered that has more rows than are taken at once. */
export function tooMany(most: number): Problem {
  return new Problem(
    'too-large',
    `The body has more than ${most} rows, and one request takes no more: split it. Nothing was kept.`,
  )
}

/** How many mistakes something has, in words. */
export function howMany(mistakes: FieldError[]): string {
  return mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`
}

/** A row of what may be a message. */
export function rowOf(row: number, value: unknown, now: string): Row {
  const named = nameOf((value as { resultId?: unknown } | null)?.resultId)
  const mistakes = mistakesIn(value, now)
  if (mistakes.length > 0) return { row, ...named, mistakes }
  return { row, ...named, message: value as ExamResult }
}

/** The result that a row is about, for its report, as far as that can be one. */
export function nameOf(resultId: unknown): { resultId?: string } {
  return typeof resultId === 'string' && resultId.length <= longest ? { resultId } : {}
}

const longest = 256 // 128 characters, some of which may be two of JavaScript's
