import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import t from 'tap'

const plain =
  /^(svg|g|path|rect|circle|ellipse|polygon|line|defs|linearGradient|radialGradient|stop|clipPath|mask|use|title|desc)$/

for (const name of ['practitioner', 'associate', 'professional']) {
  const bytes = readFileSync(new URL(`../../programme.example/${name}.svg`, import.meta.url))
  const text = bytes.toString()

  t.test(
    `the artwork ${name} is drawn with plain shapes, needs no font and nothing from outside`,
    (t) => {
      for (const [, element] of text.matchAll(/<([\w:]+)/g)) t.match(element, plain)
      for (const [, target] of text.matchAll(/(?:href="|url\()([^")]*)/g)) t.match(target, /^#/)
      t.ok(bytes.length < 40_000, `${bytes.length} bytes`)
      t.end()
    },
  )

  t.test(`the artwork ${name} is square and clear of its edges`, async (t) => {
    const { data, info } = await sharp(bytes).resize(96).raw().toBuffer({ resolveWithObject: true })
    t.equal(info.width, info.height)
    const alpha = (x: number, y: number) => data[(y * info.width + x) * info.channels + 3]
    for (let i = 0; i < 96; i++)
      t.same([alpha(i, 0), alpha(i, 95), alpha(0, i), alpha(95, i)], [0, 0, 0, 0])
  })
}
