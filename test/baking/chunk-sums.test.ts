import t from 'tap'
import { bakePng, readPng } from '../../src/baking/png.ts'
import { chunk, jws, samplePng, withChunks } from './sample-files.ts'

t.test(
  'pixels of artwork that was baked are still summed when a byte of them changes',
  async (t) => {
    const png = bakePng(samplePng(), { openbadges: jws })
    t.same(readPng(png), { openbadges: jws })
    const start = png.indexOf('IDAT') + 4
    const length = png.readUInt32BE(start - 8)
    for (let place = start; place < start + length + 4; place += 1) {
      const changed = Buffer.from(png)
      changed[place] = (changed[place] ?? 0) ^ 1
      t.throws(() => readPng(changed), { code: 'png-wrong-checksum' }, `byte ${place - start}`)
    }
    t.same(readPng(png), { openbadges: jws })
  },
)

t.test('what is kept does not change with the artwork that it came from', async (t) => {
  const png = samplePng()
  bakePng(png, { openbadges: jws })
  const start = png.indexOf('IDAT') + 4
  png[start] = (png[start] ?? 0) ^ 1
  t.throws(() => readPng(png), { code: 'png-wrong-checksum' })
})

t.test('other pictures are read as before, however many were', async (t) => {
  for (let each = 0; each < 200; each += 1) {
    const png = withChunks(chunk('IDAT', Buffer.alloc(60_000, each)))
    t.same(readPng(bakePng(png, { openbadges: jws })), { openbadges: jws })
  }
})
