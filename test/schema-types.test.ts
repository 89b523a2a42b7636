import diagnostics from 'node:diagnostics_channel'
import { Ajv } from 'ajv'
import t, { type Test } from 'tap'
import { Type as TypeBox } from 'typebox'
import { ExamResult } from '../schemas/exam-result.ts'
import { Bounce } from '../schemas/mail.ts'
import { Mapping } from '../schemas/mapping.ts'
import { Programme } from '../schemas/programme.ts'
import { Type } from '../schemas/type.ts'
import { Settings } from '../src/settings.ts'
import { KeyringFile } from '../src/signing/keyring-file.ts'
import { type Started, start } from './help/start.ts'

type Builders = typeof Type

/** One schema of each kind, as our schemas use them, by the builders of ours or of TypeBox. */
function schemasBy(Type: Builders): Record<keyof Builders, object> {
  const text = Type.String({ pattern: '^a$', default: 'a' })
  const fields = { text, count: Type.Optional(Type.Integer({ minimum: 1 })), more: Type.Any() }
  const whole = Type.Object(fields, { title: 'whole', additionalProperties: false })
  return {
    Any: Type.Any({ description: 'anything' }),
    Array: Type.Array(text, { maxItems: 3 }),
    Boolean: Type.Boolean({ default: true }),
    Enum: Type.Enum(['one', 'two'], { default: 'one' }),
    Integer: Type.Integer({ minimum: 0 }),
    Literal: Type.Array(Type.Union([Type.Literal('one'), Type.Literal(1), Type.Literal(true)])),
    Null: Type.Null(),
    Object: Type.Object({ whole, none: Type.Object({}), few: Type.Object({ a: fields.count }) }),
    Optional: Type.Optional(whole),
    Partial: Type.Partial(whole, { description: 'part' }),
    Pick: Type.Object({
      one: Type.Pick(whole, ['more', 'text', 'count'], { description: 'some' }),
      optional: Type.Pick(whole, ['count']),
    }),
    Record: Type.Array(Type.Union([Type.Record(Type.String(), text), Type.Record(text, text)])),
    String: text,
    Union: Type.Union([text, Type.Null()], { description: 'either' }),
    Unknown: Type.Unknown({ description: 'whatever' }),
  }
}

t.test('our builders of schemas write what those of TypeBox write', async (t) => {
  const theirs = schemasBy(TypeBox as unknown as Builders)
  const ours = schemasBy(Type)
  t.same(Object.keys(ours), Object.keys(Type), 'each builder has a sample')
  for (const name of Object.keys(Type) as (keyof Builders)[])
    t.equal(JSON.stringify(ours[name]), JSON.stringify(theirs[name]), name)
})

t.test('a schema that is made optional stays demanded elsewhere', async (t) => {
  const text = Type.String()
  Type.Object({ text: Type.Optional(text) })
  t.match(Type.Object({ text }), { required: ['text'] })
})

t.test('our schemas are schemas, which no compiler checks while Blazon runs', async (t) => {
  const ajv = new Ajv({ strict: false })
  const files = { Bounce, ExamResult, KeyringFile, Mapping, Programme, Settings }
  const all = { ...files, ...(await schemasOfRoutes(t)) }
  t.ok(Object.keys(all).length > 90)
  const broken = Object.entries(all).filter(([, schema]) => !ajv.validateSchema(schema))
  t.same(broken, [])
})

/** What the routes check of requests, by their address. */
async function schemasOfRoutes(t: Test): Promise<Record<string, object>> {
  const found: Record<string, object> = {}
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: Started['app'] }
    fastify.addHook('onRoute', ({ method, url, schema = {} }) => {
      for (const part of ['body', 'querystring', 'params', 'headers'] as const)
        if (schema[part]) found[`${method} ${url} ${part}`] = schema[part]
    })
  }
  diagnostics.subscribe('fastify.initialization', watch)
  await start(t)
  diagnostics.unsubscribe('fastify.initialization', watch)
  return found
}
