import type { Pdf } from './certificate-pdf.ts'
import type { Line, LineRun } from './lines.ts'
import { repairSubset } from './varied-glyphs.ts'

/** What pdfkit has and its types do not: a font as it is embedded, which glyphs are put into one by one. */
type Embedded = {
  id: string
  scale: number
  ref: () => unknown
  subset: { glyphs: number[] }
  widths: number[]
  /** The letters of each glyph: the table by which text is copied. */
  unicode: number[][]
  /** Ours: where in the subset a glyph is that stands for certain letters. */
  places?: Map<string, number>
}
type Insides = Pdf & {
  _font: Embedded
  page: { height: number; fonts: Record<string, unknown> }
  addContent: (operators: string) => void
}

/** Puts a line on a page, its left end at `x`, its baseline at `y` from the top, in the colour that is set. Copying gives its letters back. */
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
  // pdfkit takes fonts of one name for one; weights of a variable font have one name.
  const named = Object.create(face.font, { postscriptName: { value: face.id } }) as object
  pdf.font(named as unknown as string, face.id)
  const font = pdf._font
  repairSubset(face.font, font.subset)
  font.places ??= new Map()
  pdf.page.fonts[font.id] ??= font.ref()
  return font
}

/** Glyphs that stand for some letters together, as they are on the page from left to right. */
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
 * The glyphs that take room bear the letters: one by itself, several with the letters beside them (ISO 32000-1, 14.9.4). What stands above
 * or below them, such as the dots of Arabic, is no letter of its own, and is copied as nothing.
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
  // pdfkit leaves out an empty text, but not an empty String.
  pdf.markContent('Span', { actual: new String('') as string })
  for (const glyph of marks) draw(glyph, wordJoiner)
  pdf.endMarkedContent()
}

/** Every glyph must stand for something (PDF/UA-1, 7.21.7); this is invisible, and parts no word. */
const wordJoiner = '\u2060'

/** One outline may stand for different letters, as a letter without its dots does; then the subset has it several times. */
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
