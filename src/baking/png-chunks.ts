import { Problem } from '../problem.ts'
import { isSummed } from './chunk-sums.ts'

/** One chunk of a PNG, as offsets into the file: its length field, its data, and the byte after its CRC. */
export type Chunk = { type: string; start: number; data: number; end: number }

/** The largest picture that is read or written, in bytes. */
export const largestPicture = 8 * 1024 * 1024

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const longestSide = 8192
const mostChunks = 10_000

/**
 * Walks the chunks of a PNG from IHDR to IEND, without decoding pixels.
 *
 * Promises that every yielded chunk lies inside the file, that IHDR comes first and once, that there is an IDAT, that
 * IEND is last with nothing after it, and, unless `sums` is false, that every CRC is right. An animated PNG passes: its
 * extra chunks are ordinary chunks. Throws `invalid` at the first fault, so a caller must walk to the end before it
 * trusts any chunk. Source: PNG 3rd edition, 5; conformance 5.6.
 */
export function* walkChunks(png: Buffer, { sums = true } = {}): Generator<Chunk> {
  if (png.length > largestPicture)
    refuse('picture-too-large', 'The picture is larger than 8 MiB. Use a smaller one.')
  if (!png.subarray(0, 8).equals(signature))
    refuse('not-a-png', 'This is not a PNG file. Choose a PNG.')
  let at = signature.length
  let pixels = false
  for (let count = 1; at < png.length; count += 1) {
    if (count > mostChunks)
      refuse(
        'png-too-many-chunks',
        `The PNG has more than ${mostChunks} chunks. Save the picture again.`,
      )
    const chunk = chunkAt(png, at, sums)
    checkPlace(png, chunk, count)
    if (chunk.type === 'IDAT') pixels = true
    if (chunk.type === 'IEND') checkEnd(png, chunk, pixels)
    yield chunk
    at = chunk.end
    if (chunk.type === 'IEND') return
  }
  refuse(
    'png-end-missing',
    'The PNG is cut off: its IEND chunk is missing. Download the file again.',
  )
}

function chunkAt(png: Buffer, start: number, sums: boolean): Chunk {
  const data = start + 8
  if (data > png.length) refuse('png-cut-off', cutOff)
  const end = data + png.readUInt32BE(start) + 4
  if (end > png.length) refuse('png-cut-off', cutOff)
  const type = png.toString('latin1', start + 4, data)
  if (!/^[A-Za-z]{4}$/.test(type))
    refuse('png-chunk-unnamed', 'The PNG is damaged: a chunk has no readable name.')
  if (sums && !isSummed(png.subarray(start + 4, end - 4), png.readUInt32BE(end - 4)))
    refuse(
      'png-wrong-checksum',
      `The PNG is damaged: the checksum of its ${type} chunk is wrong. Download the file again.`,
    )
  return { type, start, data, end }
}

const cutOff = 'The PNG is cut off in the middle of a chunk. Download the file again.'

function checkPlace(png: Buffer, { type, data, end }: Chunk, count: number) {
  if (count > 1 && type === 'IHDR')
    refuse('png-two-headers', 'The PNG has two IHDR chunks. Save the picture again.')
  if (count > 1) return
  if (type !== 'IHDR' || end - data !== 17)
    refuse('png-no-header', 'The PNG does not begin with an IHDR chunk. Save the picture again.')
  const [width, height] = [png.readUInt32BE(data), png.readUInt32BE(data + 4)]
  if (width === 0 || height === 0)
    refuse('png-no-pixels', 'The PNG says that it has no pixels. Save it again.')
  // No code here decodes pixels, but the next program to draw the picture will: a few bytes can claim gigabytes.
  if (width > longestSide || height > longestSide)
    refuse(
      'png-too-many-pixels',
      `The PNG claims ${width} × ${height} pixels; at most ${longestSide} × ${longestSide} are taken.`,
    )
}

function checkEnd(png: Buffer, { data, end }: Chunk, pixels: boolean) {
  if (!pixels)
    refuse(
      'png-no-image-data',
      'The PNG has no pixels: its IDAT chunk is missing. Save the picture again.',
    )
  if (end - data !== 4)
    refuse('png-end-not-empty', 'The PNG is damaged: its IEND chunk is not empty.')
  // Bytes after IEND belong to no chunk and no checksum; with them, one file can be of two kinds at once.
  if (end !== png.length)
    refuse(
      'png-bytes-after-end',
      'There are bytes after the end of the PNG. Save the picture again.',
    )
}

function refuse(code: string, sentence: string): never {
  throw new Problem(`invalid/${code}`, sentence)
}
