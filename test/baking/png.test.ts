import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { PNG } from 'pngjs'
import t from 'tap'
import { bakePng, readPng } from '../../src/baking/png.ts'
import {
  chunk,
  join,
  jws,
  type SampleChunk,
  samplePng,
  split,
  sum,
  withChunks,
} from './sample-files.ts'

const both = { openbadges: jws, openbadgecredential: '{"type":["VerifiableCredential"]}' }
const isText = ({ type }: SampleChunk) => type === 'iTXt'
const types = (png: Buffer) => split(png).map(({ type }) => type)

t.test('5.1 each badge text goes into one iTXt chunk under its own keyword', async (t) => {
  const texts = split(bakePng(samplePng(), both)).filter(isText)
  t.strictSame(
    texts.map(({ data }) => data.toString('latin1', 0, data.indexOf(0))),
    ['openbadges', 'openbadgecredential'],
  )
})

t.test('5.2 the bytes are keyword, NUL, 0, 0, NUL, NUL, then UTF-8 text', async (t) => {
  const text = '{"name":"证书 🎓 <é>"}'
  const [baked] = split(bakePng(samplePng(), { openbadgecredential: text })).filter(isText)
  const expected = [Buffer.from('openbadgecredential'), Buffer.alloc(5), Buffer.from(text)]
  t.strictSame(baked?.data, Buffer.concat(expected))
})

t.test(
  '5.3 JSON and compact JWS come back byte for byte, whatever Unicode they hold',
  async (t) => {
    const text = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((s) => !s.includes('\0') && s.isWellFormed())
    t.doesNotThrow(() =>
      fc.assert(
        fc.property(text, text, (openbadges, openbadgecredential) => {
          const given = { openbadges, openbadgecredential }
          assert.deepEqual(readPng(bakePng(samplePng(), given)), given)
        }),
        { numRuns: 100 },
      ),
    )
  },
)

t.test('5.3 text that would not come back as it was is refused', async (t) => {
  for (const openbadges of ['', 'a\0b', 'lone \ud800'])
    t.throws(() => bakePng(samplePng(), { openbadges }), { name: 'Problem', kind: 'invalid' })
  t.throws(() => bakePng(samplePng(), {}), { name: 'Problem', kind: 'invalid' })
})

t.test(
  '5.4 an older chunk of the same keyword is replaced, and the keyword appears once',
  async (t) => {
    const once = bakePng(samplePng(), { openbadges: 'old' })
    const old = withChunks(
      chunk('tEXt', 'openbadges\0https://old.example/1'),
      chunk('zTXt', Buffer.concat([Buffer.from('openbadges\0\0'), deflateSync('old')])),
      chunk('iTXt', 'openbadges\0\x01\0\0\0squeezed'),
    )
    for (const art of [once, old, bakePng(once, { openbadges: 'older' })]) {
      const baked = bakePng(art, { openbadges: jws })
      const ours = split(baked).filter(({ data }) =>
        data.toString('latin1').startsWith('openbadges'),
      )
      t.equal(ours.length, 1)
      t.equal(ours[0]?.type, 'iTXt')
      t.strictSame(readPng(baked), { openbadges: jws })
    }
  },
)

t.test('5.4 baking the same text again changes nothing', async (t) => {
  const baked = bakePng(samplePng(), both)
  t.ok(bakePng(baked, both).equals(baked))
})

t.test(
  '5.5 an OB 2.0 and an OB 3.0 chunk sit in one file, and replacing one leaves the other',
  async (t) => {
    const baked = bakePng(samplePng(), both)
    const again = bakePng(baked, { openbadges: 'new' })
    t.strictSame(readPng(again), { ...both, openbadges: 'new' })
    t.equal(split(again).filter(isText).length, 2)
  },
)

t.test('5.5 the chunk stands right after IHDR', async (t) => {
  t.strictSame(types(bakePng(samplePng(), { openbadges: jws })).slice(0, 2), ['IHDR', 'iTXt'])
})

t.test('5.5 foreign chunks keep their bytes and their order, and every CRC is right', async (t) => {
  const name = fc.constantFrom('tEXt', 'iTXt', 'zTXt', 'pHYs', 'eXIf', 'prVt')
  const data = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))
  const foreign = fc.tuple(name, data).map(([type, bytes]) => chunk(type, bytes))
  const lookalike = fc.constant(chunk('tEXt', 'openbadges.org\0not ours'))
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.array(fc.oneof(foreign, lookalike), { maxLength: 6 }), (added) => {
        const art = withChunks(...added)
        const baked = split(bakePng(art, both))
        assert.deepEqual([baked[0], ...baked.slice(3)], split(art))
        assert.ok(baked.every(({ type, data, crc }) => crc === sum(type, data)))
      }),
      { numRuns: 100 },
    ),
  )
})

t.test('5.5 no pixel changes, by an independent reader', async (t) => {
  for (const side of [1, 7, 64]) {
    const before = samplePng(side)
    const after = PNG.sync.read(bakePng(before, both))
    t.ok(after.data.equals(PNG.sync.read(before).data))
  }
})

t.test('5.5 the artwork that was handed in is not written to', async (t) => {
  const art = samplePng()
  const copy = Buffer.from(art)
  bakePng(art, both)[40] = 1
  t.ok(art.equals(copy))
})

t.test('5.12 the first iTXt of a keyword is the one that is read', async (t) => {
  const first = chunk('iTXt', 'openbadges\0\0\0\0\0first')
  const second = chunk('iTXt', 'openbadges\0\0\0\0\0second')
  t.strictSame(readPng(withChunks(first, second)), { openbadges: 'first' })
})

t.test('5.12 a language tag and a translated keyword are passed over', async (t) => {
  const named = chunk('iTXt', 'openbadges\0\0\0en\0badge\0text')
  t.strictSame(readPng(withChunks(named)), { openbadges: 'text' })
})

t.test('5.12 a legacy tEXt is read where there is no iTXt, and never written', async (t) => {
  const legacy = chunk('tEXt', 'openbadges\0https://old.example/1')
  const modern = chunk('iTXt', 'openbadges\0\0\0\0\0modern')
  t.strictSame(readPng(withChunks(legacy)), { openbadges: 'https://old.example/1' })
  t.strictSame(readPng(withChunks(legacy, modern)), { openbadges: 'modern' })
  t.strictSame(readPng(withChunks(chunk('tEXt', 'openbadgecredential\0x'))), {})
  t.notOk(types(bakePng(samplePng(), both)).includes('tEXt'))
})

t.test('5.12 a picture without a badge reads as one without text', async (t) => {
  t.strictSame(readPng(samplePng()), {})
})

t.test('5.13 the same artwork takes any badge text: only the text chunk differs', async (t) => {
  const art = samplePng()
  const pictures = ['a', 'b'].map((openbadges) => split(bakePng(art, { openbadges })))
  const withoutText = pictures.map((chunks) => chunks.filter((each) => !isText(each)))
  t.strictSame(withoutText[0], withoutText[1])
  t.strictSame(withoutText[0], split(join(withoutText[1] as SampleChunk[])))
})
