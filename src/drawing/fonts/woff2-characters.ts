import { brotliDecompressSync } from 'node:zlib'

/** Code points from the first to the last. */
export type Range = [first: number, last: number]

/**
 * The characters of a font in WOFF2 form (W3C WOFF 2.0, 4 and 5). Reads only the table of characters: fontkit and a
 * decoder would take 30 MB, to tell whether a name can be printed.
 */
export function charactersIn(font: Buffer): Range[] {
  const tables = font.readUInt16BE(12)
  const compressed = font.readUInt32BE(20)
  let at = 48
  const number = () => {
    let value = 0
    let byte: number
    do {
      byte = font.readUInt8(at++)
      value = value * 128 + (byte & 127)
    } while (byte & 128)
    return value
  }
  let before = 0
  let found: { start: number; length: number } | undefined
  for (let table = 0; table < tables; table += 1) {
    const flags = font.readUInt8(at++)
    const tag = flags & 63
    const transform = flags >> 6
    if (tag === 63) at += 4 // The name of a table that has no number.
    const original = number()
    const isGlyphs = tag === 10 || tag === 11
    const length = (isGlyphs ? transform !== 3 : transform !== 0) ? number() : original
    if (tag === 0) found = { start: before, length }
    before += length
  }
  if (!found) throw new Error('a font has no table of characters')
  const data = brotliDecompressSync(font.subarray(at, at + compressed))
  return rangesOf(data.subarray(found.start, found.start + found.length))
}

/** OpenType 1.9, cmap: segments (format 12) of all of Unicode, or else (format 4) of its first plane. */
function rangesOf(table: Buffer): Range[] {
  const maps = Array.from({ length: table.readUInt16BE(2) }, (_, index) =>
    table.subarray(table.readUInt32BE(8 + 8 * index)),
  )
  const whole = maps.find((map) => map.readUInt16BE(0) === 12)
  if (whole)
    return Array.from({ length: whole.readUInt32BE(12) }, (_, group) => [
      whole.readUInt32BE(16 + 12 * group),
      whole.readUInt32BE(20 + 12 * group),
    ])
  const first = maps.find((map) => map.readUInt16BE(0) === 4)
  if (!first) throw new Error('a font has no table of Unicode characters')
  const size = first.readUInt16BE(6)
  return Array.from({ length: size / 2 }, (_, segment) => [
    first.readUInt16BE(16 + size + 2 * segment),
    first.readUInt16BE(14 + 2 * segment),
  ])
}
