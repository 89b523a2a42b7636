import { Ajv, type Options } from 'ajv'
import addFormats from 'ajv-formats'
import { compiled } from './compiled.ts'
import { sentences } from './sentences.ts'

/**
 * A check of values against a schema. It answers every mistake as `sentences` does; `whole` is the name of the value in
 * them. The schema is compiled when it is first needed: compiling all of them would take a quarter of a start. `name` is
 * that of a schema that `npm run build` compiles.
 */
export function checkOf(
  schema: object,
  { whole, name = '' }: { whole?: string; name?: string } = {},
) {
  let validate = compiled[name]
  return (value: unknown) => {
    validate ??= shared().compile(schema)
    return validate(value) ? [] : sentences(validate.errors ?? [], whole)
  }
}

let ajv: Ajv | undefined

function shared(): Ajv {
  ajv ??= compiler()
  return ajv
}

/** That our schemas are schemas is for tests to check: it takes longer than to compile them, as does optimising. */
export function compiler(code: Options['code'] = { optimize: false }): Ajv {
  return addFormats.default(
    new Ajv({ allErrors: true, verbose: true, validateSchema: false, code }),
  )
}
