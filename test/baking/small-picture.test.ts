import sharp from 'sharp'
import t from 'tap'
import { drawPicture } from '../../src/baking/picture.ts'
import { withFewColours } from '../../src/baking/small-picture.ts'
import { artwork, plainSvg } from './sample-files.ts'

/** The colours on a page of this ground. */
const shown = (png: Buffer, background: string) =>
  sharp(png).flatten({ background }).removeAlpha().raw().toBuffer()

t.test('few colours take a third of the bytes, and the eye sees no difference', async (t) => {
  for (const name of ['practitioner', 'associate', 'professional'] as const)
    for (const size of [96, 192, 400]) {
      const drawn = await drawPicture(artwork(name), size)
      const light = await withFewColours(drawn)
      t.ok(light.length < drawn.length / 2, `${name} ${size}: ${light.length} of ${drawn.length}`)
      t.ok(light.equals(await withFewColours(drawn)), 'the same bytes each time')
      for (const ground of ['#fff', '#000']) {
        const [full, few] = await Promise.all([shown(drawn, ground), shown(light, ground)])
        let difference = 0
        for (const [index, value] of full.entries())
          difference += Math.abs(value - (few[index] ?? 0))
        const mean = difference / full.length
        t.ok(mean < 3, `${name} ${size} on ${ground}: differs by ${mean} of 255`)
      }
    }
})

t.test('a picture that a palette would not make lighter stays as it is', async (t) => {
  const drawn = await sharp(await drawPicture(plainSvg, 96))
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer()
  t.ok((await withFewColours(drawn)).length <= drawn.length)
})
