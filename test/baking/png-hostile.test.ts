import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import t from 'tap'
import { bakePng, readPng } from '../../src/baking/png.ts'
import { Problem } from '../../src/problem.ts'
import { chunk, join, jws, type SampleChunk, samplePng, split, withChunks } from './sample-files.ts'

const header = (width: number, height: number) => {
  const data = Buffer.from('0000000000000000' + '0806000000', 'hex')
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  return chunk('IHDR', data)
}
const [, ...pixelsAndEnd] = split(samplePng())
const [ihdr, ...afterHeader] = split(samplePng()) as [SampleChunk, ...SampleChunk[]]
const pixels = afterHeader.slice(0, -1)
const end = chunk('IEND', '')
const damaged = Buffer.from(samplePng())
damaged[damaged.length - 20] = (damaged[damaged.length - 20] ?? 0) ^ 1

const refused: [string, Buffer, RegExp][] = [
  ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), /not a PNG/],
  ['an empty file', Buffer.alloc(0), /not a PNG/],
  ['a signature and nothing else', samplePng().subarray(0, 8), /cut off: its IEND/],
  ['a wrong CRC', damaged, /checksum/],
  ['a file cut off in a chunk', samplePng().subarray(0, -6), /cut off/],
  ['a file cut off between chunks', join([ihdr, ...pixels]), /IEND chunk is missing/],
  ['no IHDR', join(pixelsAndEnd), /does not begin with an IHDR/],
  ['a short IHDR', join([chunk('IHDR', 'short'), ...pixelsAndEnd]), /does not begin with an IHDR/],
  ['two IHDR', join([ihdr, ihdr, ...pixelsAndEnd]), /two IHDR/],
  ['no pixels', join([ihdr, end]), /IDAT chunk is missing/],
  ['an IEND with data', join([ihdr, ...pixels, chunk('IEND', 'x')]), /IEND chunk is not empty/],
  ['bytes after IEND', Buffer.concat([samplePng(), Buffer.from('PK')]), /after the end/],
  ['a chunk name of other bytes', withChunks(chunk('a\0b!', '')), /no readable name/],
  ['no width', join([header(0, 5), ...pixelsAndEnd]), /no pixels/],
  ['a decompression bomb', join([header(60000, 60000), ...pixelsAndEnd]), /60000 × 60000/],
  ['more than 8 MiB', withChunks(chunk('prVt', Buffer.alloc(8 << 20))), /larger than 8 MiB/],
  ['chunks without number', withChunks(...Array(10_001).fill(chunk('prVt', ''))), /10000 chunks/],
]

for (const [name, png, sentence] of refused)
  t.test(`5.6 ${name}: refused by reader and baker, with a sentence of its own`, async (t) => {
    t.throws(() => readPng(png), { name: 'Problem', kind: 'invalid', message: sentence })
    t.throws(() => bakePng(png, { openbadges: jws }), { name: 'Problem', message: sentence })
  })

t.test('5.6 an animated PNG is read and baked with its frames untouched', async (t) => {
  const frames = [chunk('acTL', '\0\0\0\x01\0\0\0\0'), chunk('fcTL', Buffer.alloc(26))]
  const art = join([ihdr, ...frames, ...pixels, chunk('fdAT', '\0\0\0\x01x'), end])
  const baked = bakePng(art, { openbadges: jws })
  t.strictSame(readPng(baked), { openbadges: jws })
  const [first, text, ...others] = split(baked)
  t.strictSame([first, ...others], split(art))
  t.equal(text?.type, 'iTXt')
})

t.test(
  '5.6 a baking that would pass 8 MiB is refused, since no reader would take it',
  async (t) => {
    const big = withChunks(chunk('prVt', Buffer.alloc((8 << 20) - 400)))
    t.throws(() => bakePng(big, { openbadges: 'x'.repeat(400) }), { message: /larger than 8 MiB/ })
  },
)

t.test('5.6 artwork is summed at its first baking, and a copy of it again', async (t) => {
  const art = samplePng()
  bakePng(art, { openbadges: jws })
  t.throws(() => bakePng(Buffer.from(damaged), { openbadges: jws }), { message: /checksum/ })
  t.throws(() => bakePng(damaged, { openbadges: jws }), { message: /checksum/ })
  t.throws(() => bakePng(damaged, { openbadges: jws }), { message: /checksum/ })
})

t.test('5.2 compressed badge text is refused and never unpacked', async (t) => {
  const bomb = deflateSync(Buffer.alloc(4 << 20))
  const squeezed = chunk('iTXt', Buffer.concat([Buffer.from('openbadges\0\x01\0\0\0'), bomb]))
  t.throws(() => readPng(withChunks(squeezed)), {
    message: /compressed, which Open Badges forbids/,
  })
})

t.test('5.2 badge text that is not UTF-8, or has no text part, is refused', async (t) => {
  const wrong = chunk('iTXt', 'openbadges\0\0\0\0\0\xff\xfe')
  t.throws(() => readPng(withChunks(wrong)), { message: /not UTF-8/ })
  for (const short of ['openbadges\0', 'openbadges\0\0\0en', 'openbadges\0\0\0en\0badge'])
    t.throws(() => readPng(withChunks(chunk('iTXt', short))), { name: 'Problem' })
})

t.test(
  '5.6 no cut and no changed byte makes the reader fail in any way but with a Problem',
  async (t) => {
    const baked = bakePng(samplePng(), { openbadges: jws, openbadgecredential: '{"a":"ü"}' })
    const change = fc.tuple(fc.nat(baked.length - 1), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.nat(baked.length), (changes, length) => {
        const bytes = Buffer.from(baked)
        for (const [at, bits] of changes) bytes[at] = (bytes[at] ?? 0) ^ bits
        for (const given of [bytes, bytes.subarray(0, length)]) {
          const same = given.equals(baked)
          t.equal(
            throwsProblem(() => readPng(given)),
            !same,
          )
        }
      }),
      { numRuns: 300 },
    )
  },
)

t.test(
  '5.6 with right CRCs around any bytes the reader still fails only with a Problem',
  async (t) => {
    const type = fc.constantFrom('IHDR', 'IDAT', 'IEND', 'iTXt', 'tEXt', 'zTXt')
    const start = fc.constantFrom('', 'openbadges', 'openbadges\0', 'openbadgecredential\0\0')
    const any = fc.tuple(type, start, fc.uint8Array({ maxLength: 30 }))
    t.doesNotThrow(() =>
      fc.assert(
        fc.property(fc.array(any, { maxLength: 5 }), (chunks) => {
          const made = chunks.map(([name, head, tail]) =>
            chunk(name, Buffer.concat([Buffer.from(head), tail])),
          )
          throwsProblem(() => readPng(withChunks(...made)))
          throwsProblem(() => bakePng(join(made), { openbadges: jws }))
        }),
        { numRuns: 300 },
      ),
    )
  },
)

function throwsProblem(call: () => unknown): boolean {
  try {
    call()
    return false
  } catch (error) {
    if (error instanceof Problem) return true
    throw error
  }
}
