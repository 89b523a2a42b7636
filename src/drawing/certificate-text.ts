import { drawLine } from './certificate-glyphs.ts'
import type { Pdf } from './certificate-pdf.ts'
import { fit, type Line } from './lines.ts'

/**
 * How a text is set: its greatest width and number of lines; smaller where needed, and at most `broken` when on several
 * lines.
 */
export type Style = {
  size: number
  broken?: number
  smallest?: number
  colour: string
  width: number
  weight?: number
  lines?: number
  lang?: string
}

/** The baseline, and the point on it at which the text begins, is centred or ends. */
export type Place = { x: number; y: number; align?: Align }
export type Align = 'left' | 'center' | 'right'

/** Draws a text that was set. Several lines are centred on the baseline of a single one. */
export function write(pdf: Pdf, lines: Line[], place: Place, style: Pick<Style, 'colour'>): void {
  const { x, y, align = 'left' } = place
  const step = leading * (lines[0]?.size ?? 0)
  const first = y - (lines.length - 1) * step * 0.62
  pdf.fillColor(style.colour)
  lines.forEach((line, index) => {
    const left = align === 'left' ? x : align === 'right' ? x - line.width : x - line.width / 2
    drawLine(pdf, line, { x: left, y: first + index * step })
  })
}

const leading = 1.16

/** Sets a text for `write`. */
export function setText(text: string, style: Style): Line[] {
  const { size, smallest = size * 0.6, broken, width, weight = 400, lines = 1, lang } = style
  return fit(text, {
    style: 'serif',
    weight,
    lang,
    size,
    maxWidth: width,
    minSize: smallest,
    brokenSize: broken,
    maxLines: lines,
  })
}
