import fc from 'fast-check'
import t from 'tap'
import { countValues, inspectJson, mostRepeated } from '../../schemas/inspect-json.ts'

const key = 'k'.repeat(95)

function nested(levels: number): string {
  const twice = Array.from({ length: mostRepeated }, (_, at) => `"${at}":1,"${at}":1`).join()
  return `${`{"${key}":`.repeat(levels)}{${twice}}${'}'.repeat(levels)}`
}

t.test('places of keys that come twice take no more room than people read', async (t) => {
  for (const levels of [19, 20, 5000]) {
    const { repeated } = inspectJson(nested(levels))
    t.equal(repeated.length, mostRepeated)
    t.ok(repeated.join().length < 300_000, `${levels} levels: ${repeated.join().length}`)
    t.ok(repeated[7]?.startsWith(`/${key}/${key}/`))
    t.ok(repeated[7]?.endsWith('/7'))
  }
})

/** Any JSON text, spelled with spaces, in which keys may come twice. */
const anyText = fc.letrec<{ value: string }>((tie) => {
  const string = fc
    .string({ unit: fc.constantFrom(...'a"\\,:{}[] é') })
    .map((each) => JSON.stringify(each))
  const key = fc.constantFrom('"a"', '"\\u0061"', '"b"', '"__proto__"', '"[,"')
  const space = fc.constantFrom('', ' ', '\n\t')
  const inner = (open: string, entry: fc.Arbitrary<string>, close: string) =>
    fc
      .tuple(fc.array(entry, { maxLength: 4 }), space)
      .map(([all, gap]) => `${open}${gap}${all.join(`${gap},`)}${gap}${close}`)
  const member = fc
    .tuple(key, space, tie('value'))
    .map(([name, gap, value]) => `${name}${gap}:${value}`)
  return {
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('1', '-2.5e3', 'true', 'null'),
      string,
      inner('[', tie('value'), ']'),
      inner('{', member, '}'),
    ),
  }
}).value

const valuesIn = (value: unknown): number =>
  value !== null && typeof value === 'object'
    ? Object.values(value).reduce((sum: number, each) => sum + valuesIn(each), 1)
    : 1

t.test('a text has more values than its value exactly if a key comes twice', async (t) => {
  let repeated = 0
  fc.assert(
    fc.property(anyText, (text) => {
      const isTwice = inspectJson(text).repeated.length > 0
      repeated += Number(isTwice)
      return countValues(text) > valuesIn(JSON.parse(text)) === isTwice
    }),
    { numRuns: 2000 },
  )
  t.ok(repeated > 100, `${repeated} of 2000 texts have a key twice`)
})
