import sharp from 'sharp'
import { Problem } from '../problem.ts'
import { notFoundDrawing, revokedDrawing, ribbonDrawing } from './ribbons.ts'

/**
 * Draws cleaned artwork as a square RGBA PNG of `size` pixels a side, the rest of an oblong one being transparent.
 * The same inputs give the same bytes. Throws `invalid` for artwork that cannot be drawn.
 */
export async function drawPicture(svg: string, size: number): Promise<Buffer> {
  return (await draw(svg, size)).png(format).toBuffer()
}

/** The same picture with a band across it that says why it does not count today. Promises and throws as `drawPicture`. */
export async function drawWithRibbon(
  svg: string,
  size: number,
  word: 'Expired' | 'Under review',
): Promise<Buffer> {
  const ribbon = await (await draw(ribbonDrawing(word), size)).png().toBuffer()
  const picture = await drawPicture(svg, size)
  return sharp(picture)
    .composite([{ input: ribbon }])
    .png(format)
    .toBuffer()
}

/** The grey picture of a badge that is no longer valid: nothing of the artwork, the same for every badge. */
export async function drawRevoked(size: number): Promise<Buffer> {
  return (await draw(revokedDrawing, size)).png(format).toBuffer()
}

/** The one small picture that stands for any badge that is not there, or not for this visitor. */
export async function drawNotFound(): Promise<Buffer> {
  return (await draw(notFoundDrawing, 96)).png(format).toBuffer()
}

// RGBA whatever the colours: a palette would be smaller for some artwork only, and blunt its edges.
const format = { compressionLevel: 9, palette: false, adaptiveFiltering: true } as const

async function draw(svg: string, size: number) {
  const transparent = { r: 0, g: 0, b: 0, alpha: 0 }
  try {
    const { data, info } = await sharp(Buffer.from(svg))
      .resize(size, size, { fit: 'contain', background: transparent })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    return sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } })
  } catch (error) {
    throw new Problem('invalid', `The artwork cannot be drawn: ${(error as Error).message}`)
  }
}
