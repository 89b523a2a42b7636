import { crc32 } from 'node:zlib'
import { Problem } from '../problem.ts'
import { keepSummed } from './chunk-sums.ts'
import { type Chunk, largestPicture, walkChunks } from './png-chunks.ts'

/**
 * The badge text of a picture. `openbadges` is an OB 2.0 assertion (compact JWS or JSON; in an old file perhaps only
 * its URL), `openbadgecredential` an OB 3.0 credential (JSON with its proof, or compact JWS).
 */
export type BadgeText = { openbadges?: string; openbadgecredential?: string }

type Keyword = keyof BadgeText

const keywords: readonly Keyword[] = ['openbadges', 'openbadgecredential']

// The same artwork is baked thousands of times, and its CRCs cost more than all else, so each object is summed once.
const summed = new WeakSet<Uint8Array>()

/**
 * Bakes badge text into a PNG: one uncompressed iTXt chunk for each given keyword, directly after IHDR.
 *
 * Promises that each given keyword appears once in the result; that every other chunk, pixels included, keeps its bytes
 * and its place; that every CRC of the result is right; and that `readPng` reads the same text back. The checksums of
 * an artwork are checked at its first baking only: pass the same object again and do not write into it. Throws
 * `invalid` for a PNG that `readPng` would refuse, for no text, and for text that UTF-8 or iTXt cannot hold.
 * Conformance 5.1-5.5.
 */
export function bakePng(png: Uint8Array, text: BadgeText): Buffer {
  const artwork = bytesOf(png)
  const written = keywords.filter((keyword) => text[keyword] !== undefined)
  if (written.length === 0)
    throw new Problem('invalid/no-badge-text', 'There is no badge text to bake.')
  const fresh = written.map((keyword) => textChunk(keyword, text[keyword] ?? ''))
  const parts: Buffer[] = []
  let keptFrom = 0
  const isNew = !summed.has(png)
  for (const chunk of walkChunks(artwork, { sums: isNew })) {
    const { start, end } = chunk
    if (isNew) keepSummed(artwork.subarray(start + 4, end - 4), artwork.readUInt32BE(end - 4))
    if (chunk.type === 'IHDR') {
      parts.push(artwork.subarray(0, chunk.end), ...fresh)
      keptFrom = chunk.end
    }
    const keyword = keywordOf(artwork, chunk)
    // OB 3.0 Baking (5.4): the keyword must not appear twice, so older text of ours is removed, whatever its kind of
    // chunk.
    if (keyword && written.includes(keyword)) {
      parts.push(artwork.subarray(keptFrom, chunk.start))
      keptFrom = chunk.end
    }
  }
  summed.add(png)
  const baked = Buffer.concat([...parts, artwork.subarray(keptFrom)])
  if (baked.length > largestPicture)
    throw new Problem(
      'invalid/baked-picture-too-large',
      'The baked picture would be larger than 8 MiB. Use smaller art.',
    )
  return baked
}

/**
 * Reads the badge text from a PNG of unknown origin.
 *
 * Promises to check the whole file before it answers, to decompress nothing, and to take the first iTXt of each keyword
 * (5.12); a legacy tEXt `openbadges` counts when there is no such iTXt. A picture without a badge gives `{}`. Throws
 * `invalid` for a file that is not one whole, sound PNG of at most 8 MiB, and for badge text that is compressed or not
 * UTF-8. Compressed text is refused: the clause (5.2) forbids it, other verifiers do not read it, and without inflate a
 * decompression bomb does no harm.
 */
export function readPng(png: Uint8Array): BadgeText {
  const bytes = bytesOf(png)
  const found: BadgeText = {}
  let legacy: string | undefined
  for (const chunk of walkChunks(bytes)) {
    const keyword = keywordOf(bytes, chunk)
    if (!keyword) continue
    if (chunk.type === 'iTXt') found[keyword] ??= internationalText(bytes, chunk, keyword)
    if (chunk.type === 'tEXt' && keyword === 'openbadges')
      legacy ??= bytes.toString('latin1', chunk.data + keyword.length + 1, chunk.end - 4)
  }
  if (legacy && found.openbadges === undefined) found.openbadges = legacy
  return found
}

function bytesOf(png: Uint8Array) {
  return Buffer.from(png.buffer, png.byteOffset, png.byteLength)
}

/** Bytes (5.2): keyword, NUL, flag 0, method 0, empty language, NUL, empty translated keyword, NUL, text. */
function textChunk(keyword: Keyword, text: string) {
  // A lone surrogate would be written as U+FFFD, and other readers end the text at a NUL: neither would be read back
  // unchanged.
  if (text === '' || text.includes('\0') || !text.isWellFormed())
    throw new Problem(
      'invalid/badge-text-not-unicode',
      `The ${keyword} text is empty or not Unicode text. Give JSON or JWS.`,
    )
  const head = `iTXt${keyword}\0\0\0\0\0`
  const length = head.length - 4 + Buffer.byteLength(text)
  const chunk = Buffer.allocUnsafe(length + 12)
  chunk.writeUInt32BE(length, 0)
  chunk.write(head, 4, 'latin1')
  chunk.write(text, 4 + head.length)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), length + 8)
  return chunk
}

function keywordOf(bytes: Buffer, { type, data, end }: Chunk): Keyword | undefined {
  if (type !== 'iTXt' && type !== 'tEXt' && type !== 'zTXt') return undefined
  return keywords.find(
    (keyword) =>
      data + keyword.length < end - 4 &&
      bytes[data + keyword.length] === 0 &&
      bytes.toString('latin1', data, data + keyword.length) === keyword,
  )
}

function internationalText(bytes: Buffer, { data, end }: Chunk, keyword: Keyword) {
  const chunk = bytes.subarray(data + keyword.length + 1, end - 4)
  if (chunk[0] !== 0)
    throw new Problem(
      'invalid/png-text-compressed',
      `The ${keyword} text in this PNG is compressed, which Open Badges forbids. Ask its issuer for a new file.`,
    )
  const language = chunk.indexOf(0, 2)
  const translated = language < 0 ? -1 : chunk.indexOf(0, language + 1)
  if (translated < 0)
    throw new Problem(
      'invalid/png-text-damaged',
      `The ${keyword} chunk of this PNG is damaged. Ask for a new file.`,
    )
  try {
    return utf8.decode(chunk.subarray(translated + 1))
  } catch {
    throw new Problem(
      'invalid/png-text-not-utf8',
      `The ${keyword} text in this PNG is not UTF-8. Ask for a new file.`,
    )
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
