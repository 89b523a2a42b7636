import assert from 'node:assert/strict'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import t from 'tap'
import { bakeSvgAssertion, bakeSvgCredential, readSvg } from '../../src/baking/svg.ts'
import { Problem } from '../../src/problem.ts'
import { artwork, jws, plainSvg } from './sample-files.ts'

const url = 'https://badges.example.test/ob2/assertions/1?a=1&b="2"<3>'
const ob2 = 'http://openbadges.org'
const ob3 = 'https://purl.imsglobal.org/ob/v3p0'
const head = '<svg xmlns="http://www.w3.org/2000/svg"'

t.test('5.7 a signed assertion is an empty first child with the JWS in verify', async (t) => {
  const baked = bakeSvgAssertion(plainSvg, { jws })
  t.match(baked, `<svg xmlns:openbadges="${ob2}" xmlns=`)
  t.match(baked, `viewBox="0 0 10 10"><openbadges:assertion verify="${jws}"/><circle`)
  t.strictSame(readSvg(baked), { openbadges: jws })
})

t.test('5.7 a hosted assertion is JSON in CDATA, with its URL in verify', async (t) => {
  const json = '{"id":"https://a.example/1","name":"R&D <ü> \\"证书\\" 🎓"}'
  const baked = bakeSvgAssertion(plainSvg, { json, url: 'https://a.example/1' })
  const element = `<openbadges:assertion verify="https://a.example/1"><![CDATA[${json}]]></openbadges:assertion>`
  t.match(baked, element)
  t.strictSame(readSvg(baked), { openbadges: json })
})

t.test('5.8 a credential with its proof is JSON in CDATA, without verify', async (t) => {
  const json = '{"proof":{"type":"DataIntegrityProof"}}'
  const baked = bakeSvgCredential(plainSvg, { json })
  t.match(baked, `<svg xmlns:openbadges="${ob3}"`)
  t.match(baked, `"><openbadges:credential><![CDATA[${json}]]></openbadges:credential><circle`)
  t.strictSame(readSvg(baked), { openbadgecredential: json })
})

t.test('5.8 a VC-JWT is an empty element with the JWS in verify', async (t) => {
  const baked = bakeSvgCredential(plainSvg, { jwt: jws })
  t.match(baked, `"><openbadges:credential verify="${jws}"/><circle`)
  t.strictSame(readSvg(baked), { openbadgecredential: jws })
})

t.test('5.9 a ]]> in the JSON is escaped: one CDATA section, the same JSON value', async (t) => {
  const json = JSON.stringify({
    a: ']]>',
    b: 'x]]>]]>y',
    c: '\ud800 \uffff \u2028 \u0085',
    d: '<&"',
  })
  for (const baked of [
    bakeSvgCredential(plainSvg, { json }),
    bakeSvgAssertion(plainSvg, { json, url }),
  ]) {
    t.equal(baked.split('<![CDATA[').length, 2)
    const [read = ''] = Object.values(readSvg(baked))
    t.strictSame(JSON.parse(read), JSON.parse(json))
    t.match(read, ']]\\u003e')
  }
})

t.test('5.9 XML-special characters in verify are escaped and come back', async (t) => {
  const baked = bakeSvgAssertion(plainSvg, { json: '{}', url })
  t.match(
    baked,
    'verify="https://badges.example.test/ob2/assertions/1?a=1&amp;b=&quot;2&quot;&lt;3',
  )
  t.equal(verifyOf(baked), url)
})

t.test('5.9 any JSON comes back as the same value, and byte for byte without ]]>', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.nat(4), (json, spaces) => {
        const text = JSON.stringify({ any: JSON.parse(json) }, null, spaces)
        const read = readSvg(bakeSvgCredential(plainSvg, { json: text })).openbadgecredential ?? ''
        assert.deepEqual(JSON.parse(read), JSON.parse(text))
        if (!/\]\]>|[\ufffe\uffff]/.test(text)) assert.equal(read, text)
      }),
      { numRuns: 100 },
    ),
  )
})

t.test('5.9 text that XML cannot hold, or no text, is refused', async (t) => {
  for (const text of ['', 'a\u0001b'])
    for (const bake of [
      () => bakeSvgCredential(plainSvg, { jwt: text }),
      () => bakeSvgCredential(plainSvg, { json: text }),
      () => bakeSvgAssertion(plainSvg, { jws: text }),
    ])
      t.throws(bake, { name: 'Problem', kind: 'invalid' })
})

t.test('5.10 a second baking replaces the first, of either version', async (t) => {
  const json = '{"n":1}'
  const bakings = [
    (svg: string) => bakeSvgAssertion(svg, { jws }),
    (svg: string) => bakeSvgAssertion(svg, { json, url }),
    (svg: string) => bakeSvgCredential(svg, { jwt: jws }),
    (svg: string) => bakeSvgCredential(svg, { json }),
  ]
  for (const first of bakings)
    for (const second of bakings) t.equal(second(first(plainSvg)), second(plainSvg))
})

t.test('5.10 an older badge under another prefix, or deep in the artwork, goes too', async (t) => {
  const old = `<g><x:assertion xmlns:x="${ob2}" verify="old"><x:assertion/></x:assertion><path/></g>`
  const baked = bakeSvgCredential(`${head}>${old}</svg>`, { jwt: jws })
  t.strictSame(readSvg(baked), { openbadgecredential: jws })
  t.match(baked, '/><g><path/></g></svg>')
})

t.test(
  '5.10 everything of the artwork but an older badge stays, character for character',
  async (t) => {
    for (const svg of [artwork('associate'), artwork('professional')]) {
      const baked = bakeSvgAssertion(svg, { jws })
      const added = [` xmlns:openbadges="${ob2}"`, `<openbadges:assertion verify="${jws}"/>`]
      t.equal(
        added.reduce((text, part) => text.replace(part, ''), baked),
        svg,
      )
    }
  },
)

t.test('5.10 roots of every form take a badge', async (t) => {
  const roots = [
    `${head}/>`,
    `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>`,
    `\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- a > b -->\r\n${head}\r\n width='1'\r\n>\r\n</svg>\r\n`,
    `${head} xmlns:openbadges = 'https://else.example' data-a=" xmlns:openbadges='x' "><g/></svg>`,
    `${head} aria-label="😀 a > b"><g/></svg>`,
  ]
  for (const svg of roots)
    t.strictSame(readSvg(bakeSvgAssertion(svg, { jws })), { openbadges: jws }, svg)
  t.match(bakeSvgAssertion(roots[3] ?? '', { jws }), `data-a=" xmlns:openbadges='x' "`)
})

t.test(
  '5.12 the first element of each version is read, known by namespace, not prefix',
  async (t) => {
    const two = `<a:assertion xmlns:a="${ob2}" verify="1"/><a:assertion xmlns:a="${ob2}" verify="2"/>`
    const other = `<b:credential xmlns:b="${ob3}"> <![CDATA[{"n":3}]]> </b:credential>`
    const wrong = '<openbadges:assertion xmlns:openbadges="https://else.example" verify="0"/>'
    t.strictSame(readSvg(`${head}>${wrong}<g>${two}${other}</g></svg>`), {
      openbadges: '1',
      openbadgecredential: '{"n":3}',
    })
    t.strictSame(readSvg(plainSvg), {})
  },
)

t.test('5.12 JSON that stands as text and not in CDATA is read as well', async (t) => {
  const text = `<c:credential xmlns:c="${ob3}">\n {"a":"&lt;&amp;&#x8bc1;"} \n</c:credential>`
  t.strictSame(readSvg(`${head}>${text}</svg>`), { openbadgecredential: '{"a":"<&证"}' })
})

t.test(
  '5.8 a credential with verify and a body is read by its verify, as validators do',
  async (t) => {
    const both = `<c:credential xmlns:c="${ob3}" verify="${jws}">{}</c:credential>`
    t.strictSame(readSvg(`${head}>${both}</svg>`), { openbadgecredential: jws })
  },
)

t.test('5.12 a badge element with nothing in it is refused', async (t) => {
  const empty = `${head}><c:credential xmlns:c="${ob3}"> </c:credential></svg>`
  t.throws(() => readSvg(empty), { kind: 'invalid', message: /nothing in it/ })
})

t.test('5.12 no cut and no changed character fails in any way but with a Problem', async (t) => {
  const baked = bakeSvgAssertion(plainSvg, { json: '{"a":"]]>"}', url })
  const character = fc.constantFrom(...'<>&"\'/![]:=x \u0000\ud800')
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.nat(baked.length), fc.nat(3), character, (at, gone, put) => {
        for (const svg of [baked.slice(0, at), baked.slice(0, at) + put + baked.slice(at + gone)])
          for (const call of [() => readSvg(svg), () => bakeSvgCredential(svg, { jwt: jws })])
            try {
              call()
            } catch (error) {
              assert.ok(error instanceof Problem, String(error))
            }
      }),
      { numRuns: 400 },
    ),
  )
})

function verifyOf(svg: string) {
  let verify: string | undefined
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', ({ attributes }) => {
    verify ??= attributes.verify?.value
  })
  parser.write(svg).close()
  return verify
}
