import sharp from 'sharp'
import { type CardWords, pictureBox } from './card-frame.ts'
import { offThread } from './off-thread.ts'

/** The content of a preview card. `picture` is a square PNG. */
export type Card = CardWords & { picture: Uint8Array }

const drawingOf = offThread<CardWords, string>(new URL('./card-thread.ts', import.meta.url))

/**
 * The picture that networks show beside a link: PNG, 1200 x 630, well under 1 MB, nothing outside its middle 90 %. The
 * same inputs give the same bytes. A worker thread sets the text and libvips threads draw the picture, so the main
 * thread is not blocked. The caller must withhold a name that cannot be drawn completely (`cannotDraw`).
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
