import { hash } from 'node:crypto'
import { canonicalForm, quadsOf } from './canonical.ts'
import { cut, fill, type Slots } from './slots.ts'

/** Writes the canonical N-Quads of a document with these strings in its slots; undefined if only the general path can. */
export type Template = (values: string[]) => string | undefined

/** A line of N-Quads in pieces: text, the string of a slot, and a blank node. */
type Piece = string | { slot: number } | { blank: string }
type Line = Piece[]

/**
 * Compiles what a document has in common with all others of its shape. JSON-LD is expanded once; another document is
 * the same lines with other strings, sorted. This is RDFC-1.0 as long as no two blank nodes have equal hashes (4.4.3,
 * step 5) and no two lines are equal; otherwise the template answers undefined. Answers undefined if the template
 * differs from the general path for this document, in which a mark stands for text that no template writes. Throws as `canonicalForm` does.
 */
export async function compileTemplate(
  document: object,
  slots: Slots,
): Promise<Template | undefined> {
  const { shape, values } = cut(document, slots)
  const marks = values.map((_, slot) => markOf(shape, slot))
  const quads = await quadsOf(fill(shape, slots, marks))
  const lines = quads.map((line) => piecesOf(`${line}\n`, marks))
  const kinds = values.map((value, slot) => kindOf(lines, slot, value))
  const prepared = prepare(lines)
  const template: Template = (values) =>
    values.every((value, slot) => kinds[slot]?.(value)) ? canonical(prepared, values) : undefined
  // Text that only the general path writes may stand in this document: a mark stands in for it.
  const fitting = values.map((value, slot) => (kinds[slot]?.(value) ? value : String(marks[slot])))
  const general = await canonicalForm(fill(shape, slots, fitting))
  return template(fitting) === general ? template : undefined
}

/** A string that the shape does not contain, because it is made from it. */
function markOf(shape: object, slot: number): string {
  return `urn:uuid:${hash('sha256', JSON.stringify([slot, shape])).slice(0, 32)}`
}

/** Blank nodes, and marks that are a whole term. A mark anywhere else stays text, and then has no kind. */
function piecesOf(line: string, marks: string[]): Line {
  const terms = /"(?:[^"\\]|\\.)*"|<[^>]*>|_:\S+/g
  const pieces: Line = []
  let end = 0
  for (const { 0: term, index } of line.matchAll(terms)) {
    const slot = marks.indexOf(term.slice(1, -1))
    if (slot < 0 && !term.startsWith('_:')) continue
    const isBlank = slot < 0
    pieces.push(line.slice(end, isBlank ? index : index + 1), isBlank ? { blank: term } : { slot })
    end = index + term.length - (isBlank ? 0 : 1)
  }
  return [...pieces, line.slice(end)]
}

/** What the string of a slot must be, so that JSON-LD and N-Quads leave it as it is; undefined if nothing fits. */
function kindOf(lines: Line[], slot: number, value: string) {
  const opened = lines.flatMap((line) =>
    line.flatMap((piece, at) =>
      typeof piece === 'object' && 'slot' in piece && piece.slot === slot
        ? [String(line[at - 1]).slice(-1)]
        : [],
    ),
  )
  if (opened.length === 0) return undefined
  if (!opened.includes('<')) return isPlain
  const scheme = /^(?:urn:uuid:|https?:\/\/)/.exec(value)?.[0]
  if (scheme === undefined) return undefined
  const isAddress = (other: string) =>
    other.startsWith(scheme) && /^[!#-;=?-[\]_a-z~]+$/.test(other)
  return opened.includes('"') ? (other: string) => isAddress(other) && isPlain(other) : isAddress
}

const isSlot = (piece: Piece) => typeof piece === 'object' && 'slot' in piece

/** Text that N-Quads need not escape (canonical N-Quads: controls, quotes and backslashes). */
function isPlain(text: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return !/[\u0000-\u001f\u007f"\\]/.test(text) && text.isWellFormed()
}

/** What of a template is the same in every document: lines, and the hashes of blank nodes whose lines are. */
type Prepared = { fixed: string[]; open: Line[]; blanks: Blank[] }
type Blank = { blank: string; lines: Line[]; hash: string | undefined }

function prepare(lines: Line[]): Prepared {
  const [fixed, open] = [true, false].map((is) =>
    lines.filter((line) => is === line.every((piece) => typeof piece === 'string')),
  ) as [string[][], Line[]]
  const names = new Set(open.flatMap((line) => line.flatMap(blankOf)))
  const blanks = [...names].map((blank) => {
    const own = open.filter((line) => line.flatMap(blankOf).includes(blank))
    const isFixed = own.every((line) => line.every((piece) => !isSlot(piece)))
    return { blank, lines: own, hash: isFixed ? firstDegree(own, blank, []) : undefined }
  })
  return { fixed: fixed.map((pieces) => pieces.join('')), open, blanks }
}

function canonical({ fixed, open, blanks }: Prepared, values: string[]): string | undefined {
  const labels = labelsOf(blanks, values)
  if (!labels) return undefined
  const label = (blank: string) => labels.get(blank) ?? ''
  // UTF-16 code units, as the general path has it.
  const sorted = [...fixed, ...open.map((line) => written(line, values, label))].sort()
  if (sorted.some((line, index) => line === sorted[index - 1])) return undefined
  return sorted.join('')
}

/** Canonical labels by first-degree hashes (RDFC-1.0, 4.6); undefined if two are equal. */
function labelsOf(blanks: Blank[], values: string[]): Map<string, string> | undefined {
  const hashes = new Map<string, string>()
  for (const { blank, lines, hash } of blanks)
    hashes.set(hash ?? firstDegree(lines, blank, values), blank)
  if (hashes.size < blanks.length) return undefined
  const order = [...hashes.keys()].sort()
  return new Map(order.map((each, index) => [hashes.get(each) ?? '', `_:c14n${index}`]))
}

function firstDegree(lines: Line[], blank: string, values: string[]): string {
  const label = (other: string) => (other === blank ? '_:a' : '_:z')
  const nquads = lines.map((line) => written(line, values, label)).sort()
  return hash('sha256', nquads.join(''))
}

const blankOf = (piece: Piece) =>
  typeof piece === 'object' && 'blank' in piece ? [piece.blank] : []

function written(line: Line, values: string[], label: (blank: string) => string): string {
  let text = ''
  for (const piece of line)
    text +=
      typeof piece === 'string' ? piece : 'slot' in piece ? values[piece.slot] : label(piece.blank)
  return text
}
