import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { sentences } from './sentences.ts'

/**
 * A check of values against a schema. It answers every mistake as `sentences` does; `whole` is the name of the value in
 * them. The schema is compiled when it is first needed: compiling all of them would take a quarter of a start.
 */
export function checkOf(schema: object, whole?: string) {
  let validate: ValidateFunction | undefined
  return (value: unknown) => {
    validate ??= compile(schema)
    return validate(value) ? [] : sentences(validate.errors ?? [], whole)
  }
}

function compile(schema: object): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, verbose: true })
  addFormats.default(ajv)
  return ajv.compile(schema)
}
