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
    validate ??= compiler().compile(schema)
    return validate(value) ? [] : sentences(validate.errors ?? [], whole)
  }
}

let ajv: Ajv | undefined

/** That our schemas are schemas is for tests to check: it takes longer than to compile them, as does optimising. */
function compiler(): Ajv {
  ajv ??= addFormats.default(
    new Ajv({ allErrors: true, verbose: true, validateSchema: false, code: { optimize: false } }),
  )
  return ajv
}
