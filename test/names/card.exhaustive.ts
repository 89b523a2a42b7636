import sharp from 'sharp'
import t, { type Test } from 'tap'
import { drawPicture } from '../../src/baking/picture.ts'
import { drawCard } from '../../src/drawing/card.ts'
import { everyName, looksAsBefore, noneIsLikeAnother } from './likeness.ts'

/** What stands beside the picture. */
const column = { left: 500, top: 150, width: 700, height: 330 }
/** Its words begin at 528, and end where a margin begins. */
const room = { left: 520, right: 1120 }

t.test('names of every script are right on a preview card', async (t) => {
  const picture = await drawPicture(
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><path fill="#7a2048" d="M0 0H600V600H0Z"/></svg>',
    600,
  )
  for (const [name, holder] of everyName) {
    const card = await drawCard({
      achievement: 'Prompt Engineer',
      holder,
      issuer: 'Example Programme',
      picture,
      lang: 'en',
      dir: 'ltr',
    })
    const words = await sharp(card).extract(column).toBuffer()
    await looksAsBefore(t as Test, 'card', name, words)
    const { info } = await sharp(words).trim({ threshold: 8 }).toBuffer({ resolveWithObject: true })
    const left = column.left - (info.trimOffsetLeft ?? 0)
    t.ok(left >= room.left && left + info.width <= room.right, `${name} keeps to its column`)
  }
})

t.test('no card could pass for that of another name', async (t) => {
  await noneIsLikeAnother(t as Test, 'card')
})
