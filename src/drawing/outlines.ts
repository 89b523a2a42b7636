import type { Line } from './lines.ts'

/**
 * A line as the data of one SVG path, its left end at `x` and its baseline at `y`, to a hundredth of its unit: drawn alike by every
 * renderer, since it needs no fonts.
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

/** Fonts count upwards, SVG downwards. */
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
