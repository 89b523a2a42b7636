import { Problem } from '../problem.ts'
import { notFoundDrawing, revokedDrawing, ribbonDrawing } from './ribbons.ts'
import { library } from './sharp.ts'

/**
 * Draws cleaned artwork as a square RGBA PNG of `size` pixels a side; the margins of an oblong one are transparent. The
 * same inputs give the same bytes. Throws `invalid` for artwork that cannot be drawn.
 */
export async function drawPicture(svg: string, size: number): Promise<Buffer> {
  return (await draw(svg, size)).png(format).toBuffer()
}

/** The same picture with a band that says why the badge is not valid today. Promises and throws as `drawPicture`. */
export async function drawWithRibbon(
  svg: string,
  size: number,
  word: 'Expired' | 'Under review',
): Promise<Buffer> {
  const sharp = await library()
  const ribbon = await (await draw(ribbonDrawing(word), size)).png().toBuffer()
  const picture = await drawPicture(svg, size)
  return sharp(picture)
    .composite([{ input: ribbon }])
    .png(format)
    .toBuffer()
}

/** The grey picture of a revoked badge: the same for every badge, without the artwork. */
export async function drawRevoked(size: number): Promise<Buffer> {
  return (await draw(revokedDrawing, size)).png(format).toBuffer()
}

/** The small picture that stands for every badge that is missing or hidden from this visitor. */
export async function drawNotFound(): Promise<Buffer> {
  return (await draw(notFoundDrawing, 96)).png(format).toBuffer()
}

// Always RGBA: a palette would make only some artwork smaller, and blur its edges.
const format = { compressionLevel: 9, palette: false, adaptiveFiltering: true } as const

async function draw(svg: string, size: number) {
  const sharp = await library()
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
    throw new Problem(
      'invalid/artwork-not-drawable',
      `The artwork cannot be drawn: ${(error as Error).message}`,
    )
  }
}
