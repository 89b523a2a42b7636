import { ExamResult, ResultCandidate } from '../../schemas/exam-result.ts'
import type { FieldError } from '../problem.ts'
import type { TableRow } from './csv.ts'
import { didYouMean, refuseHeader } from './header.ts'
import { type Row, rowOf } from './message.ts'
import { step } from './places.ts'

type Field = { name: string; needed: boolean }

const fieldsOf = (
  { properties, required = [] }: { properties: object; required?: string[] },
  before = '',
): Field[] =>
  Object.keys(properties)
    .filter((name) => name !== 'candidate')
    .map((name) => ({ name: `${before}${name}`, needed: required.includes(name) }))

/** The columns of our own CSV: the fields of a message, those of the candidate as `candidate.id`. */
export const nativeColumns: Field[] = [
  ...fieldsOf(ExamResult),
  ...fieldsOf(ResultCandidate, 'candidate.'),
]

/** Refuses a header that is not of our own CSV. Throws `invalid` with all its mistakes. */
export function checkNativeHeader(columns: string[]): void {
  refuseHeader(headerMistakes(columns))
}

/** The message of a record of our own CSV. An empty cell is an absent field. */
export function nativeRow({ row, cells, trouble }: TableRow, now: string): Row {
  if (trouble) return { row, mistakes: [{ path: '/', ...trouble }] }
  return rowOf(row, unflatten(cells), now)
}

function headerMistakes(columns: string[]): FieldError[] {
  const names = nativeColumns.map(({ name }) => name)
  const known = new Set(names)
  return [
    ...columns
      .filter((name) => !known.has(name))
      .map((name) =>
        mistake(
          name,
          'unknown-column',
          `${name || '""'} is not a known column; remove it.${didYouMean(name, names)}`,
        ),
      ),
    ...columns
      .filter((name, at) => columns.indexOf(name) !== at)
      .map((name) => mistake(name, 'duplicate-column', `${name} is there twice.`)),
    ...nativeColumns
      .filter(({ name, needed }) => needed && !columns.includes(name))
      .map(({ name }) => mistake(name, 'missing', `The column ${name} is missing.`)),
  ]
}

const mistake = (name: string, code: string, message: string) => ({
  path: `/columns/${step(name)}`,
  message,
  code,
})

/** A message from its fields by name, such as `candidate.id`. Empty fields are left out. */
export function unflatten(fields: Record<string, string | undefined>): Record<string, unknown> {
  const message: Record<string, unknown> = {}
  const candidate: Record<string, unknown> = {}
  for (const [name, text] of Object.entries(fields)) {
    if (text === undefined || text === '') continue
    const value = typed(name, text)
    if (name.startsWith('candidate.')) candidate[name.slice('candidate.'.length)] = value
    else message[name] = value
  }
  return { ...message, candidate }
}

/**
 * Converts a field that is not text in a message. Text that cannot be converted stays, and is then reported as a
 * mistake.
 */
function typed(name: string, text: string) {
  if (name === 'revision' && /^\d{1,15}$/.test(text)) return Number(text)
  if (name !== 'released' && name !== 'contentShown') return text
  const lower = text.toLowerCase() // Spreadsheets write TRUE.
  return lower === 'true' ? true : lower === 'false' ? false : text
}
