import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import t from 'tap'
import { drawCard } from '../../src/drawing/card.ts'
import { colours } from '../../src/drawing/colours.ts'
import { sampleCards } from './cards.ts'
import { pixelsThatDiffer } from './pixels.ts'

t.test(
  'every card looks as it was looked at, is 1200 x 630, and keeps to its middle 90 %',
  async (t) => {
    for (const [name, card] of Object.entries(await sampleCards())) {
      const png = await drawCard(card)
      t.equal(await pixelsThatDiffer(`card-${name}`, png), 0, name)
      const { width, height, format, hasAlpha } = await sharp(png).metadata()
      t.same([width, height, format, hasAlpha], [1200, 630, 'png', false], name)
      const { info } = await sharp(png).trim({ threshold: 0 }).toBuffer({ resolveWithObject: true })
      const [left, top] = [-(info.trimOffsetLeft ?? 0), -(info.trimOffsetTop ?? 0)]
      t.ok(left >= 60 && left + info.width <= 1140, `${name}: nothing near the sides`)
      t.ok(top >= 31 && top + info.height <= 599, `${name}: nothing near top and bottom`)
    }
  },
)

t.test('a card stays under 1 MB, even around a picture that cannot be packed', async (t) => {
  const { full } = await sampleCards()
  const raw = { width: 600, height: 600, channels: 4 } as const
  const picture = await sharp(randomBytes(600 * 600 * 4), { raw })
    .png()
    .toBuffer()
  if (!full) throw new Error('no such sample')
  t.ok((await drawCard({ ...full, picture })).length < 1_000_000)
})

t.test('a card is read from the other side in a right-to-left language', async (t) => {
  const { valid } = await sampleCards()
  if (!valid) throw new Error('no such sample')
  const middle = async (dir: 'ltr' | 'rtl') => {
    const picture = await sharp(await drawCard({ ...valid, dir }))
      .extract({ left: 100, top: 300, width: 300, height: 20 })
      .raw()
      .toBuffer()
    return new Set(picture).size
  }
  t.ok((await middle('ltr')) > (await middle('rtl')), 'the artwork is on the left, then not')
})

t.test('cards asked for at once are each the one that was asked for', async (t) => {
  const cards = Object.entries(await sampleCards()).slice(0, 4)
  const drawn = await Promise.all(cards.map(([, card]) => drawCard(card)))
  for (const [index, [name]] of cards.entries())
    t.equal(await pixelsThatDiffer(`card-${name}`, drawn[index] as Buffer), 0, name)
})

t.test('a card is in the colours of the pages', async (t) => {
  const css = readFileSync(new URL('../../src/pages/style/tokens.css', import.meta.url), 'utf8')
  const light = css.split('@media')[0] ?? ''
  const token = (name: string) => light.match(new RegExp(`--${name}: (#\\w+);`))?.[1]
  for (const [name, colour] of Object.entries(colours))
    if (typeof colour === 'string') t.equal(colour, token(name), name)
    else
      for (const [part, value] of Object.entries(colour))
        t.equal(value, token(`${name}-${part}`), `${name}-${part}`)
})
