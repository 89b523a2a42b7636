import { Problem } from '../problem.ts'
import { cleanSvg } from './clean-svg.ts'
import { library } from './sharp.ts'

const largestFile = 2 * 1024 * 1024
const dataUri = 'data:image/png;base64,'
/** The first bytes of a PNG (PNG specification, 5.2). */
const pngStart = Buffer.from('89504e470d0a1a0a', 'hex')

/**
 * A programme's picture as text that draws the same and contains nothing else: an SVG cleaned by `cleanSvg`, or a PNG's
 * pixels alone as a data address. Throws `invalid` for any other file, more than 2 MiB, and more than 16 million
 * pixels.
 */
export async function cleanPicture(bytes: Buffer): Promise<string> {
  if (!bytes.subarray(0, 8).equals(pngStart)) return cleanSvg(bytes.toString('utf8'))
  if (bytes.length > largestFile)
    throw new Problem(
      'invalid/picture-too-large',
      'The picture is larger than 2 MiB; make it smaller.',
    )
  const sharp = await library()
  try {
    const clean = await sharp(bytes, { limitInputPixels: 16_000_000 })
      .toColourspace('srgb')
      .png({ compressionLevel: 9 })
      .toBuffer()
    return `${dataUri}${clean.toString('base64')}`
  } catch (error) {
    throw new Problem(
      'invalid/picture-unreadable',
      `The picture cannot be read: ${(error as Error).message}.`,
    )
  }
}

/**
 * Draws a clean picture on white, as a PNG without transparency that fits into so many pixels; printed documents take
 * it as it is. The same inputs give the same bytes. Throws `invalid` for artwork that cannot be drawn.
 */
export async function drawForPrint(
  picture: string,
  { width, height }: { width: number; height: number },
): Promise<Buffer> {
  const sharp = await library()
  const source = picture.startsWith(dataUri)
    ? Buffer.from(picture.slice(dataUri.length), 'base64')
    : Buffer.from(picture)
  try {
    const drawn = await sharp(source, { density: await densityFor(source, width) })
      .resize(width, height, { fit: 'inside' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return sharp(drawn.data, { raw: drawn.info })
      .png({ palette: true, compressionLevel: 9 })
      .toBuffer()
  } catch (error) {
    throw new Problem(
      'invalid/artwork-not-drawable',
      `The artwork cannot be drawn: ${(error as Error).message}`,
    )
  }
}

/** The density at which to draw an SVG: at its own size, a small one would be blurred when enlarged. */
async function densityFor(source: Buffer, width: number) {
  const sharp = await library()
  const { format, width: own = width } = await sharp(source).metadata()
  return format === 'svg' ? Math.min(2400, Math.max(72, (72 * width) / own)) : 72
}
