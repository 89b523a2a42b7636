import type { Line } from './lines.ts'

/**
 * A line as the data of one SVG path, its left end at `x` and its baseline at `y`, rounded to a hundredth of its unit.
 * It needs no fonts, so every renderer draws it alike.
 */
export function outlineOf(line: Line, { x, y }: { x: number; y: number }): string {
  return line.runs
    .flatMap(({ face, glyphs }) =>
      glyphs.map((glyph) =>
        placed(face.shaper.glyphToPath(glyph.id), {
          x: x + glyph.x,
          y: y + glyph.y,
          scale: line.size / face.font.unitsPerEm,
        }),
      ),
    )
    .join('')
}

/** Converts a path: in fonts, y counts upwards; in SVG, downwards. */
function placed(path: string, { x, y, scale }: { x: number; y: number; scale: number }) {
  return path.replace(
    /(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)/g,
    (_, right: string, up: string) =>
      `${round(x + Number(right) * scale)},${round(y - Number(up) * scale)}`,
  )
}

function round(length: number) {
  return Math.round(length * 100) / 100
}
