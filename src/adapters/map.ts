import type { SentResult } from '../../schemas/exam-result.ts'
import type { MappedField, MappedName, Mapping } from '../../schemas/mapping.ts'
import { type FieldError, Problem } from '../problem.ts'
import type { Table } from './csv.ts'
import { readMoment } from './dates.ts'
import { fieldsOf } from './mapping.ts'
import { howMany, mistakesIn, nameOf, type Row } from './message.ts'
import { unflatten } from './our-csv.ts'
import { step, textAt } from './places.ts'

type Given = { row: number; now: string; resultId?: string }

/**
 * What one record of a vendor's says, as a message of ours, or every mistake in it with where it comes from. A record is any JSON;
 * `resultId` is given where the address says it. Without a mapped revision, the message has none.
 */
export function mapRecord(mapping: Mapping, record: unknown, { row, now, resultId }: Given): Row {
  const mistakes: FieldError[] = []
  const found: Record<string, string | undefined> = {}
  for (const [name, field] of Object.entries(fieldsOf(mapping)))
    try {
      found[name] = read(name as MappedName, field, { mapping, record })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      mistakes.push({ path: pathOf(name), message: error.message })
    }
  if (resultId !== undefined && found.resultId !== undefined && found.resultId !== resultId)
    mistakes.push({ path: '/resultId', message: 'resultId is another one than in the address.' })
  const id = resultId ?? found.resultId
  const message = unflatten({ ...found, source: mapping.source, resultId: id })
  const told = new Set(mistakes.map(({ path }) => path))
  const others = mistakesIn({ revision: 1, ...message }, now)
  mistakes.push(
    ...others.filter(({ path }) => !told.has(path)).map((mistake) => withPlace(mapping, mistake)),
  )
  const named = nameOf(id)
  return mistakes.length > 0
    ? { row, ...named, mistakes }
    : { row, ...named, message: message as SentResult }
}

/** The results of a vendor's file. Throws `invalid` when columns that the mapping reads are missing or there twice. */
export function mapTable(mapping: Mapping, { columns, records }: Table, now: string): Row[] {
  const read = Object.entries(fieldsOf(mapping)).flatMap(([name, { from, orFrom }]) =>
    [from, orFrom].filter((column) => column !== undefined).map((column) => ({ name, column })),
  )
  const mistakes = read.flatMap(({ name, column }) => {
    const path = `/columns/${step(column)}`
    const count = columns.filter((each) => each === column).length
    if (count === 0)
      return [{ path, message: `The column ${column} is missing; ${name} is read from it.` }]
    if (count === 1) return []
    return [{ path, message: `The column ${column} is there twice; ${name} is read from it.` }]
  })
  if (!mapping.fields.resultId)
    mistakes.push({
      path: '/fields/resultId',
      message: 'The mapping does not say which column has the resultId; add it to its fields.',
    })
  if (mistakes.length > 0)
    throw new Problem('invalid', `The header has ${howMany(mistakes)}; nothing was kept.`, mistakes)
  return records.map(({ row, cells }) => mapRecord(mapping, cells, { row, now }))
}

type Source = { mapping: Mapping; record: unknown }

function read(name: MappedName, field: MappedField, { mapping, record }: Source) {
  if (field.value !== undefined) return field.value
  const text = textAt(record, field.from) || textAt(record, field.orFrom) || ''
  if (field.values) return translated(text, field)
  if (text === '') return undefined
  if (name === 'exam') return own(mapping.exams, text) ?? text
  if (name === 'candidate.email') return text.replace(/^mailto:/i, '')
  if (!name.endsWith('At')) return text
  const { dates = {} } = mapping
  const moment = readMoment(text, dates)
  if (moment !== undefined) return moment
  const how = dates.format ? `is not written as ${dates.format}` : 'is no date and time'
  const offset = dates.timeZone ? '' : ' with an offset'
  throw new Problem('invalid', `“${field.from}” ${how}${offset}, or is none that exists.`)
}

function translated(text: string, { from, values = {} }: MappedField) {
  const value = own(values, text)
  if (value !== undefined) return value
  const known = Object.keys(values).filter((key) => key !== '')
  const is = text === '' ? 'is empty' : `is “${text.slice(0, 40)}”`
  throw new Problem('invalid', `“${from}” ${is}; the mapping knows ${known.join(', ')}.`)
}

function own(table: Record<string, string> | undefined, key: string) {
  return table && Object.hasOwn(table, key) ? table[key] : undefined
}

function pathOf(name: string) {
  return `/${name.replace('.', '/')}`
}

function withPlace(mapping: Mapping, { path, message }: FieldError): FieldError {
  const found = Object.entries(fieldsOf(mapping)).find(([name]) => pathOf(name) === path)
  const from = found?.[1].from
  return { path, message: from ? `${message} It is read from “${from}”.` : message }
}
