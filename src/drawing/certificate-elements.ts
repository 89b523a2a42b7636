import { encode } from 'uqr'
import type { Picture } from './certificate-facts.ts'
import type { Pdf } from './certificate-pdf.ts'
import { type Align, type Place, type Style, setText, write } from './certificate-text.ts'
import { colours } from './colours.ts'

/** The sheet that is drawn, and how it is laid out. Lengths are in points. */
export type Page = {
  pdf: Pdf
  whole: PDFKit.PDFStructureElement
  middle: number
  /** How much higher the sheet is than A4. */
  below: number
  lang: string
  /** Whether its language runs from right to left; the layout is then mirrored. */
  mirrored: boolean
}

type Box = { x: number; y: number; side: number; height?: number }

/** Draws a picture as a tagged figure. */
export function figure(
  whole: PDFKit.PDFStructureElement,
  pdf: Pdf,
  { png, alt }: Picture,
  { x, y, side, height = side }: Box,
  align: Align = 'left',
) {
  // Not in the types: `left`, which is pdfkit's default.
  const options = { fit: [side, height], align } as object
  figured(whole, pdf, alt, { x, y, side, height }, () => pdf.image(Buffer.from(png), x, y, options))
}

/** Draws anything as a tagged figure with an alternative text. */
export function figured(
  whole: PDFKit.PDFStructureElement,
  pdf: Pdf,
  alt: string,
  { x, y, side, height = side }: Box,
  draw: () => void,
) {
  // Not in the types: the bounding box, which PDF/UA requires of figures.
  const options = { alt, bbox: [x, y, x + side, y + height] } as object
  whole.add(pdf.struct('Figure', options, draw))
}

/**
 * Writes a text with its tag, by default a paragraph. A text with letters from right to left also gets its reading
 * order.
 */
export function say(
  { pdf, whole }: Page,
  text: string,
  place: Place,
  { tag = 'P', ...style }: Style & { tag?: string },
) {
  const lines = setText(text, style)
  const isPlain = lines.every(({ runs }) => runs.every(({ direction }) => direction === 'ltr'))
  // Not in the types: the text that is read in place of the content.
  const options = (isPlain ? {} : { actual: text }) as object
  whole.add(pdf.struct(tag, options, () => write(pdf, lines, place, style)))
}

/** Draws decoration, which screen readers skip. */
export function artefact(pdf: Pdf, draw: () => void) {
  pdf.markContent('Artifact', { type: 'Layout' })
  draw()
  pdf.endMarkedContent()
}

/** A QR code without a margin: the sheet around it is its quiet zone. */
export function qr(pdf: Pdf, address: string, { x, y, side }: Box) {
  const { data, size } = encode(address, { ecc: 'M', border: 0 })
  const cell = side / size
  data.forEach((row, line) => {
    for (let from = 0; from < size; from += 1) {
      if (!row[from]) continue
      let to = from
      while (row[to]) to += 1
      pdf.rect(x + from * cell, y + line * cell, (to - from) * cell, cell)
      from = to
    }
  })
  pdf.fill(colours.ink)
}
