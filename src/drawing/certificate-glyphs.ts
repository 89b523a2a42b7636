import type { Pdf } from './certificate-pdf.ts'
import type { Line, LineRun } from './lines.ts'
import { repairSubset } from './varied-glyphs.ts'

/** Parts of pdfkit that its types omit: an embedded font, to which glyphs are added one by one. */
type Embedded = {
  id: string
  scale: number
  ref: () => unknown
  subset: { glyphs: number[] }
  widths: number[]
  /** The letters of each glyph, by which readers copy text. */
  unicode: number[][]
  /** Added by us: the place in the subset of each pair of glyph and letters. */
  places?: Map<string, number>
}
type Insides = Pdf & {
  _font: Embedded
  page: { height: number; fonts: Record<string, unknown> }
  addContent: (operators: string) => void
}

/**
 * Draws a line in the current colour, its left end at `x`, its baseline at `y` from the top. Copying it returns its
 * letters.
 */
export function drawLine(given: Pdf, line: Line, { x, y }: { x: number; y: number }): void {
  const pdf = given as Insides
  pdf.save()
  pdf.transform(1, 0, 0, -1, 0, pdf.page.height)
  for (const run of line.runs) {
    const font = embed(pdf, run)
    pdf.addContent('BT')
    pdf.addContent(`/${font.id} ${round(line.size)} Tf`)
    const origin = { x, y: pdf.page.height - y, size: line.size }
    for (const cluster of clustersOf(run)) writeCluster(pdf, font, { ...cluster, run, origin })
    pdf.addContent('ET')
  }
  pdf.restore()
}

function embed(pdf: Insides, { face }: LineRun): Embedded {
  // pdfkit merges fonts of one name, and all weights of a variable font have one name.
  const named = Object.create(face.font, { postscriptName: { value: face.id } }) as object
  pdf.font(named as unknown as string, face.id)
  const font = pdf._font
  repairSubset(face.font, font.subset)
  font.places ??= new Map()
  pdf.page.fonts[font.id] ??= font.ref()
  return font
}

/** Glyphs that together stand for some letters, in page order from left to right. */
type Cluster = { letters: string; glyphs: LineRun['glyphs'] }

function clustersOf({ text, glyphs }: LineRun): Cluster[] {
  const starts = [...new Set(glyphs.map(({ from }) => from))].sort((one, other) => one - other)
  return [...Map.groupBy(glyphs, ({ from }) => from)].map(([from, glyphs]) => ({
    letters: text.slice(from, starts[starts.indexOf(from) + 1]),
    glyphs,
  }))
}

type Origin = { x: number; y: number; size: number }

/**
 * Assigns the letters to the glyphs that have a width: to one alone, or to several together (ISO 32000-1, 14.9.4).
 * Marks above or below them, such as the dots of Arabic, are not letters, and are copied as nothing.
 */
function writeCluster(
  pdf: Insides,
  font: Embedded,
  { letters, glyphs, run, origin }: Cluster & { run: LineRun; origin: Origin },
) {
  const takesRoom = ({ id }: { id: number }) => run.face.font.getGlyph(id).advanceWidth > 0
  const wide = glyphs.some(takesRoom) ? glyphs.filter(takesRoom) : glyphs
  const marks = glyphs.filter((glyph) => !wide.includes(glyph))
  const draw = ({ id, x, y }: (typeof glyphs)[number], letters: string) => {
    const glyph = placeIn(font, run, { id, letters })
    pdf.addContent(`1 0 0 1 ${round(origin.x + x)} ${round(origin.y - y)} Tm`)
    pdf.addContent(`<${glyph.toString(16).padStart(4, '0')}> Tj`)
  }
  if (wide.length > 1) pdf.markContent('Span', { actual: letters })
  for (const [index, glyph] of wide.entries()) draw(glyph, index === 0 ? letters : wordJoiner)
  if (wide.length > 1) pdf.endMarkedContent()
  if (marks.length === 0) return
  // pdfkit omits an empty string, but not an empty String object.
  pdf.markContent('Span', { actual: new String('') as string })
  for (const glyph of marks) draw(glyph, wordJoiner)
  pdf.endMarkedContent()
}

/** Every glyph must stand for a character (PDF/UA-1, 7.21.7). This one is invisible and separates no words. */
const wordJoiner = '\u2060'

/**
 * The glyph's place in the subset. One outline can stand for different letters, such as a letter without its dots; the
 * subset then has it once for each.
 */
function placeIn(
  font: Embedded,
  { face }: LineRun,
  { id, letters }: { id: number; letters: string },
) {
  const key = `${id} ${letters}`
  const known = font.places?.get(key)
  if (known !== undefined) return known
  const place = font.subset.glyphs.push(id) - 1
  font.places?.set(key, place)
  font.widths[place] = face.font.getGlyph(id).advanceWidth * font.scale
  font.unicode[place] = Array.from(letters, (character) => Number(character.codePointAt(0)))
  return place
}

function round(length: number) {
  return Math.round(length * 100) / 100
}
