import { checkOf } from '../../schemas/check-of.ts'
import { type MappedField, type MappedName, Mapping, mappedNames } from '../../schemas/mapping.ts'
import type { FieldError } from '../problem.ts'
import { formatMistake } from './dates.ts'
import { step } from './places.ts'
import { pollMistakes } from './poll-shapes.ts'
import { statementFields } from './statement-fields.ts'
import { encodingTrouble } from './text.ts'

export type Fields = Partial<Record<MappedName, MappedField>>

const check = checkOf(Mapping, { whole: 'the file' })

/** Every mistake of a mapping file: those against its schema, and those that a schema cannot express. */
export function mappingMistakes(value: unknown): FieldError[] {
  const mistakes = check(value)
  if (mistakes.length > 0) return mistakes
  const mapping = value as Mapping
  return [
    ...Object.entries(mapping.fields).flatMap(([name, field]) => fieldMistakes(name, field)),
    ...missing(mapping),
    ...dateMistakes(mapping),
    ...encodingMistakes(mapping),
    ...pollMistakes(mapping),
  ]
}

/** The source of each field. In xAPI most fields have a standard one. */
export function fieldsOf({ xapi, fields }: Mapping): Fields {
  return xapi ? { ...statementFields, ...fields } : fields
}

function fieldMistakes(name: string, field: MappedField): FieldError[] {
  const { from, orFrom, value, values, matchCase } = field
  const path = `/fields/${name}`
  const mistakes: FieldError[] = []
  if ((from === undefined) === (value === undefined))
    mistakes.push({
      path,
      message: `${name} must have either from or value.`,
      code: 'ambiguous-source',
    })
  if (value !== undefined && (orFrom !== undefined || values !== undefined))
    mistakes.push({
      path,
      message: `${name} has a value for all; remove orFrom and values.`,
      code: 'ambiguous-source',
    })
  if (matchCase !== undefined && values === undefined)
    mistakes.push({
      path: `${path}/matchCase`,
      message: 'matchCase is for values; remove it.',
      code: 'unknown-field',
    })
  const allowed = allowedValues[name]
  for (const [key, one] of Object.entries({ ...values, ...(value && { '': value }) }))
    if (allowed && !allowed.includes(one))
      mistakes.push({
        path: value ? `${path}/value` : `${path}/values/${step(key)}`,
        message: `${one} is none of ${allowed.join(', ')}.`,
        code: 'not-in-list',
      })
  return mistakes
}

const flags = ['true', 'false']
const allowedValues: Record<string, string[] | undefined> = {
  outcome: ['passed', 'failed', 'aborted', 'no-show', 'under-review', 'invalidated'],
  released: flags,
  contentShown: flags,
}

const needed: MappedName[] = [
  'exam',
  'outcome',
  'released',
  'candidate.id',
  'candidate.fullName',
  'candidate.email',
]

function missing(mapping: Mapping): FieldError[] {
  const fields = fieldsOf(mapping)
  return mappedNames
    .filter((name) => needed.includes(name) || (name === 'resultId' && mapping.poll))
    .filter((name) => fields[name] === undefined)
    .map((name) => ({
      path: `/fields/${name}`,
      message: `${name} is missing: say where it comes from.`,
      code: 'missing',
    }))
}

function dateMistakes({ dates = {} }: Mapping): FieldError[] {
  const { format, timeZone } = dates
  const mistakes: FieldError[] = []
  const wrong = format === undefined ? undefined : formatMistake(format)
  if (wrong)
    mistakes.push({ path: '/dates/format', message: `format ${wrong}`, code: 'bad-format' })
  if (format !== undefined && timeZone === undefined)
    mistakes.push({
      path: '/dates/timeZone',
      message: 'timeZone is missing: dates of that format bear no offset.',
      code: 'missing',
    })
  if (timeZone !== undefined && !isTimeZone(timeZone))
    mistakes.push({
      path: '/dates/timeZone',
      message: `${timeZone} is not an IANA time zone, such as Asia/Shanghai.`,
      code: 'no-such-time-zone',
    })
  return mistakes
}

function encodingMistakes({ encoding }: Mapping): FieldError[] {
  const trouble = encoding === undefined ? undefined : encodingTrouble(encoding)
  return trouble ? [{ path: '/encoding', message: trouble, code: 'no-such-encoding' }] : []
}

function isTimeZone(name: string) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
