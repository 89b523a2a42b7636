import type { SentResult } from '../../schemas/exam-result.ts'
import type { MappedField, MappedName, Mapping } from '../../schemas/mapping.ts'
import { normalId } from '../domain/people/normal-ids.ts'
import { type FieldError, Problem } from '../problem.ts'
import type { TableRow } from './csv.ts'
import { readMoment } from './dates.ts'
import { didYouMean, loosely, refuseHeader } from './header.ts'
import { fieldsOf } from './mapping.ts'
import { identifiers, nameOf, type Row, readMessage } from './message.ts'
import { unflatten } from './native-csv.ts'
import { idAt, step, textAt } from './places.ts'

type Given = { row: number; now: string; resultId?: string; mistakes?: FieldError[] }

/**
 * Maps one record of a vendor to our message, or to all its mistakes with their sources. A record is any JSON.
 * `resultId` is given when the address has it; `mistakes` are those of the record's text. Without a mapped revision,
 * the message has none.
 */
export function mapRecord(mapping: Mapping, record: unknown, given: Given): Row {
  const { row, now, resultId } = given
  const mistakes = [...(given.mistakes ?? [])]
  const found: Record<string, string | undefined> = {}
  for (const [name, field] of Object.entries(fieldsOf(mapping)))
    try {
      found[name] = read(name as MappedName, field, { mapping, record })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      mistakes.push({ path: pathOf(name), message: error.message, code: error.code })
    }
  const ids = [resultId, found.resultId].filter((each) => each !== undefined)
  const [id = '', other = id] = ids.map(normalId)
  if (id !== other)
    mistakes.push({
      path: '/resultId',
      message: 'resultId is another one than in the address.',
      code: 'id-differs',
    })
  const { revision, ...fields } = unflatten({
    ...found,
    source: mapping.source,
    resultId: ids[0],
  })
  const reported = new Set(mistakes.map(({ path }) => path))
  const whole = readMessage({ ...fields, revision: revision ?? 1 }, now)
  const { revision: _, ...unnumbered } = whole.message as SentResult
  const others = whole.mistakes
  mistakes.push(
    ...others
      .filter(({ path }) => !reported.has(path))
      .map((mistake) => withPlace(mapping, mistake)),
  )
  const named = nameOf(id)
  return mistakes.length > 0
    ? { row, ...named, mistakes }
    : {
        row,
        ...named,
        message: revision === undefined ? unnumbered : (whole.message as SentResult),
        sentIds: whole.sentIds,
      }
}

/** The columns of a vendor's file that a mapping reads. */
export function columnsOf(mapping: Mapping): string[] {
  return Object.values(fieldsOf(mapping)).flatMap(({ from, orFrom }) =>
    [from, orFrom].filter((column) => column !== undefined),
  )
}

/** Refuses a header in which columns that a mapping reads are missing or occur twice. Throws `invalid` with all of them. */
export function checkMappedHeader(mapping: Mapping, columns: string[]): void {
  const read = Object.entries(fieldsOf(mapping)).flatMap(([name, { from, orFrom }]) =>
    [from, orFrom].filter((column) => column !== undefined).map((column) => ({ name, column })),
  )
  const mistakes = read.flatMap(({ name, column }) => {
    const path = `/columns/${step(column)}`
    const count = columns.filter((each) => each === column).length
    const near = didYouMean(column, columns)
    if (count === 0)
      return [
        {
          path,
          message: `The column ${column} is missing; ${name} is read from it.${near}`,
          code: 'missing',
        },
      ]
    if (count === 1) return []
    return [
      {
        path,
        message: `The column ${column} is there twice; ${name} is read from it.`,
        code: 'duplicate-column',
      },
    ]
  })
  if (!mapping.fields.resultId)
    mistakes.push({
      path: '/fields/resultId',
      message: 'The mapping does not say which column has the resultId; add it to its fields.',
      code: 'missing',
    })
  refuseHeader(mistakes)
}

/** The result of one record of a vendor's file. */
export function mapRow(mapping: Mapping, { row, cells, trouble }: TableRow, now: string): Row {
  if (trouble) return { row, mistakes: [{ path: '/', ...trouble }] }
  return mapRecord(mapping, cells, { row, now })
}

type Source = { mapping: Mapping; record: unknown }

function read(name: MappedName, field: MappedField, { mapping, record }: Source) {
  if (field.value !== undefined) return field.value
  const textOf = identifiers.includes(name) ? idAt : textAt
  const text = textOf(record, field.from) || textOf(record, field.orFrom)
  if (field.values) return translated(text, field)
  if (text === '') return undefined
  if (name === 'exam') return own(mapping.exams, normalId(text)) ?? text
  if (name === 'candidate.email' && isMbox(field)) return text.replace(/^mailto:/i, '')
  if (!name.endsWith('At')) return text
  const { dates = {} } = mapping
  const moment = readMoment(text, dates)
  if (moment !== undefined) return moment
  const how = dates.format ? `is not written as ${dates.format}` : 'is no date and time'
  const offset = dates.timeZone ? '' : ' with an offset'
  throw new Problem(
    'invalid/no-such-moment',
    `“${field.from}” ${how}${offset}, or is none that exists.`,
  )
}

/**
 * Whether the address is an mbox of xAPI, which is a mailto IRI (xAPI 1.0.3, 2.4.2.3). Elsewhere `mailto:` is the
 * sender's mistake.
 */
function isMbox({ from, orFrom }: MappedField): boolean {
  return [from, orFrom].some((each) => each?.endsWith('/mbox'))
}

/**
 * Translates a vendor's value to ours: the exact value, else the only one that differs just in case and kinds of space.
 */
function translated(text: string, { from, values = {}, matchCase = false }: MappedField) {
  const value = own(values, text)
  if (value !== undefined) return value
  const alike = Object.keys(values).filter((key) => loosely(key) === loosely(text))
  if (alike[0] !== undefined && alike.length === 1 && !matchCase) return values[alike[0]]
  const known = Object.keys(values).filter((key) => key !== '')
  const is = text === '' ? 'is empty' : `is “${text.slice(0, 40)}”`
  throw new Problem(
    'invalid/not-in-list',
    `“${from}” ${is}; the mapping knows ${known.join(', ')}.`,
  )
}

function own(table: Record<string, string> | undefined, key: string) {
  return table && Object.hasOwn(table, key) ? table[key] : undefined
}

function pathOf(name: string) {
  return `/${name.replace('.', '/')}`
}

function withPlace(mapping: Mapping, { path, message, ...rest }: FieldError): FieldError {
  const found = Object.entries(fieldsOf(mapping)).find(([name]) => pathOf(name) === path)
  const from = found?.[1].from
  return { ...rest, path, message: from ? `${message} It is read from “${from}”.` : message }
}
