import sharp from 'sharp'
import type { Line } from '../../src/drawing/lines.ts'
import { outlineOf } from '../../src/drawing/outlines.ts'

/** Lines below each other in black on white, as PNG, with a margin of 12. */
export async function drawLines(lines: Line[], width: number): Promise<Buffer> {
  let y = 12
  const paths = lines.map((line) => {
    y += line.ascent
    const path = `<path d="${outlineOf(line, { x: 12, y })}"/>`
    y += line.descent
    return path
  })
  const size = `width="${Math.ceil(width) + 24}" height="${Math.ceil(y) + 12}"`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="#fff"/>${paths.join('')}</svg>`
  return sharp(Buffer.from(svg)).greyscale().png({ palette: true, colours: 16 }).toBuffer()
}
