import type { ErrorObject } from 'ajv'

/**
 * Turns Ajv's errors into `{ path, message, code }`, one for each place, with a sentence that says what is expected.
 */
export function sentences(errors: ErrorObject[], whole = 'the body') {
  const found = new Map<string, { path: string; message: string; code: string }>()
  for (const error of errors) {
    const path = place(error)
    const name = (path.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
    const message = sentence(error, path === '' ? whole : nameOf(name))
    if (!found.has(path))
      found.set(path, { path: path || '/', message, code: codes[error.keyword] ?? 'bad-format' })
  }
  return [...found.values()]
}

/** The code of each schema keyword. */
const codes: Record<string, string> = {
  required: 'missing',
  additionalProperties: 'unknown-field',
  type: 'wrong-type',
  enum: 'not-in-list',
  const: 'not-in-list',
  minLength: 'empty',
  maxLength: 'too-long',
  minItems: 'too-few-entries',
  maxItems: 'too-many-entries',
  minProperties: 'empty',
  minimum: 'too-small',
  maximum: 'too-large',
}

/** The name of a field, or the number of a list's entry. */
function nameOf(name: string) {
  return /^\d+$/.test(name) ? `entry ${name}` : name || '""'
}

function place(error: ErrorObject) {
  if (error.keyword === 'required')
    return `${error.instancePath}/${step(error.params.missingProperty)}`
  if (error.keyword === 'additionalProperties')
    return `${error.instancePath}/${step(error.params.additionalProperty)}`
  return error.instancePath
}

/** One step of a JSON pointer (RFC 6901, 3). */
function step(name: string) {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function sentence({ keyword, params, parentSchema }: ErrorObject, name: string) {
  const hint = parentSchema?.description
  if (keyword === 'required') return `${name} is missing.`
  if (keyword === 'additionalProperties') return `${name} is not a known field; remove it.`
  if (keyword === 'type') return `${name} must be ${article(params.type)}.`
  if (keyword === 'enum')
    return `${name} must be one of ${(params.allowedValues as string[]).join(', ')}.`
  if (keyword === 'const') return `${name} must be ${JSON.stringify(params.allowedValue)}.`
  if (keyword === 'minLength' || (keyword === 'pattern' && parentSchema?.pattern === '\\S'))
    return `${name} must not be empty.`
  if (keyword === 'maxLength') return `${name} is longer than ${params.limit} characters.`
  if (keyword === 'minItems')
    return `${name} needs at least ${params.limit} ${params.limit === 1 ? 'entry' : 'entries'}.`
  if (keyword === 'maxItems') return `${name} may have at most ${params.limit} entries.`
  if (keyword === 'minProperties') return `${name} must name at least one field.`
  if (keyword === 'minimum') return `${name} must be ${params.limit} or more.`
  if (keyword === 'maximum') return `${name} must be ${params.limit} or less.`
  if (keyword === 'format' && params.format === 'date-time')
    return `${name} must be a date and time with an offset, such as 2026-11-22T09:00:00+08:00.`
  if (keyword === 'format') return `${name} must be a valid ${params.format}.`
  if (hint) return `${name} is not written as expected: ${hint}`
  return `${name} is not written as expected.`
}

function article(type: string | string[]) {
  const word = Array.isArray(type) ? type.join(' or ') : type
  if (word === 'boolean') return 'true or false'
  if (word === 'integer') return 'a whole number'
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`
}
