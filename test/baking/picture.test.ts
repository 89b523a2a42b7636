import { PNG } from 'pngjs'
import t from 'tap'
import { drawNotFound, drawPicture, drawRevoked, drawWithRibbon } from '../../src/baking/picture.ts'
import { bakePng, readPng } from '../../src/baking/png.ts'
import { notFoundDrawing, revokedDrawing, ribbonDrawing } from '../../src/baking/ribbons.ts'
import { pictureSizes } from '../../src/domain/badge/badge-files.ts'
import { artwork, jws, plainSvg } from './sample-files.ts'

const svg = artwork('practitioner')

t.test('every size is a square RGBA picture of just that size', async (t) => {
  for (const size of pictureSizes)
    for (const png of [await drawPicture(plainSvg, size), await drawRevoked(size)]) {
      const { width, height } = PNG.sync.read(png)
      t.strictSame([width, height, png[24], png[25]], [size, size, 8, 6])
    }
})

t.test('artwork is drawn at the size asked for, not enlarged from its own', async (t) => {
  const { data } = PNG.sync.read(await drawPicture(plainSvg, 1200))
  const row = Array.from({ length: 1200 }, (_, x) => data[(600 * 1200 + x) * 4 + 3] ?? 0)
  t.ok(row.filter((alpha) => alpha > 0 && alpha < 255).length <= 4)
  t.ok(row.filter((alpha) => alpha === 255).length > 950)
})

t.test('an oblong drawing is centred on transparent ground', async (t) => {
  const oblong = plainSvg.replace('0 0 10 10', '0 0 10 20')
  const { width, height, data } = PNG.sync.read(await drawPicture(oblong, 100))
  t.strictSame([width, height, data[3]], [100, 100, 0])
})

t.test('the same inputs give the same bytes', async (t) => {
  t.ok((await drawPicture(svg, 192)).equals(await drawPicture(svg, 192)))
  const ribbons = [drawWithRibbon(svg, 192, 'Expired'), drawWithRibbon(svg, 192, 'Expired')]
  const [first, second] = await Promise.all(ribbons)
  t.ok(first?.equals(second as Buffer))
  t.ok((await drawRevoked(96)).equals(await drawRevoked(96)))
  t.ok((await drawNotFound()).equals(await drawNotFound()))
})

t.test('a ribbon changes the foot of the picture and no opaque pixel above it', async (t) => {
  const plain = PNG.sync.read(await drawPicture(svg, 600)).data
  const above = 490 * 600 * 4
  const [expired, review] = await Promise.all(
    (['Expired', 'Under review'] as const).map(async (word) => {
      const { data } = PNG.sync.read(await drawWithRibbon(svg, 600, word))
      t.equal(opaqueChanges(plain, data, above), 0)
      return data.subarray(above)
    }),
  )
  t.notOk(expired?.equals(plain.subarray(above)))
  t.notOk(expired?.equals(review as Buffer))
})

t.test('words are outlines, so that no picture depends on installed fonts', async (t) => {
  for (const drawing of [
    ribbonDrawing('Expired'),
    ribbonDrawing('Under review'),
    revokedDrawing,
    notFoundDrawing,
  ])
    t.notMatch(drawing, /<text|font/)
})

t.test('the picture of nothing is small and 96 pixels a side', async (t) => {
  const png = await drawNotFound()
  t.equal(PNG.sync.read(png).width, 96)
  t.ok(png.length < 6000)
})

t.test('artwork that cannot be drawn is refused in words', async (t) => {
  await t.rejects(drawPicture('<svg', 96), { name: 'Problem', kind: 'invalid' })
})

t.test('5.1 a drawn picture takes a badge and draws the same', async (t) => {
  const picture = await drawPicture(svg, 600)
  const baked = bakePng(picture, { openbadges: jws })
  t.strictSame(readPng(baked), { openbadges: jws })
  t.ok(PNG.sync.read(baked).data.equals(PNG.sync.read(picture).data))
})

/** Blending may round a half-transparent edge by one step; an opaque pixel has to stay what it was. */
function opaqueChanges(before: Buffer, after: Buffer, end: number) {
  let changes = 0
  for (let at = 0; at < end; at += 4)
    if (before[at + 3] === 255 && before.readUInt32BE(at) !== after.readUInt32BE(at)) changes += 1
  return changes
}
