import sharp from 'sharp'
import { type CardWords, pictureBox } from './card-drawing.ts'
import { offThread } from './off-thread.ts'

/** What a preview card shows. `picture` is a square PNG. */
export type Card = CardWords & { picture: Uint8Array }

const drawingOf = offThread<CardWords, string>(new URL('./card-thread.ts', import.meta.url))

/**
 * The picture that networks show beside a link: PNG, 1200 x 630, well under 1 MB, nothing outside its middle 90 %. The same inputs
 * give the same bytes. The text is set on a thread of its own and the picture drawn on those of libvips, so neither holds up others.
 * A name that cannot be drawn whole (`cannotDraw`) is for the caller to withhold.
 */
export async function drawCard({ picture, ...words }: Card): Promise<Buffer> {
  const { left, top, side } = pictureBox(words.dir)
  const [drawing, shown] = await Promise.all([
    drawingOf(words),
    sharp(picture).resize(side, side, { fit: 'contain', background: clear }).png().toBuffer(),
  ])
  return sharp(Buffer.from(drawing))
    .composite([{ input: shown, left, top }])
    .removeAlpha()
    .png({ compressionLevel: 9 })
    .toBuffer()
}

const clear = { r: 0, g: 0, b: 0, alpha: 0 }
