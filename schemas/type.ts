import type { Type as TypeBox } from 'typebox'

export type { Static } from 'typebox'

type Options = Record<string, unknown> | undefined
type Schema = Record<string, unknown>
type Fields = Record<string, Schema>

const optional = new WeakSet<object>()

const builders = {
  Any: (options?: Options): Schema => ({ ...options }),
  Array: (items: Schema, options?: Options): Schema => ({ type: 'array', items, ...options }),
  Boolean: (options?: Options): Schema => ({ type: 'boolean', ...options }),
  Enum: (values: unknown[], options?: Options): Schema => ({ enum: values, ...options }),
  Integer: (options?: Options): Schema => ({ type: 'integer', ...options }),
  Literal: (value: unknown, options?: Options): Schema => ({
    type: typeof value,
    const: value,
    ...options,
  }),
  Null: (options?: Options): Schema => ({ type: 'null', ...options }),
  Object: (fields: Fields, options?: Options): Schema => objectOf(fields, options),
  Optional: (schema: Schema): Schema => {
    const copy = { ...schema }
    optional.add(copy)
    return copy
  },
  Partial: ({ properties }: Schema, options?: Options): Schema => ({
    type: 'object',
    properties,
    ...options,
  }),
  Pick: ({ properties }: Schema, names: string[], options?: Options): Schema => {
    const picked = Object.entries(properties as Fields).filter(([name]) => names.includes(name))
    return objectOf(Object.fromEntries(picked), options)
  },
  Record: (key: Schema, value: Schema, options?: Options): Schema => ({
    type: 'object',
    patternProperties: { [String(key.pattern ?? '^.*$')]: value },
    ...options,
  }),
  String: (options?: Options): Schema => ({ type: 'string', ...options }),
  Union: (schemas: Schema[], options?: Options): Schema => ({ anyOf: schemas, ...options }),
  Unknown: (options?: Options): Schema => ({ ...options }),
}

/**
 * The builders of TypeBox that our schemas use: with its types, and the same JSON Schema. The library makes the same
 * with 370 modules, which every start would load (`test/schema-types.test.ts` compares them).
 */
export const Type = builders as unknown as Pick<typeof TypeBox, keyof typeof builders>

function objectOf(properties: Fields, options: Options): Schema {
  const required = Object.keys(properties).filter((name) => !optional.has(properties[name] ?? {}))
  return { type: 'object', ...(required.length > 0 && { required }), properties, ...options }
}
