import { hash } from 'node:crypto'
import type { ShapedText } from '../domain/badge/badge.ts'
import { slots } from './data-to-sign.ts'
import { cut, fill, type Slots } from './slots.ts'

type Shape = { id: string; shape: string; pieces: string[] }

/** A programme has a few shapes for each achievement and version. */
const mostShapes = 500

/** All that is about one person is a value: a shape has no personal data. */
const textSlots: Slots = { ...slots, proof: { created: true, proofValue: true } }

// The last used is the first.
const known: Shape[] = []

/**
 * Parts the text of a signed credential, as `signDataIntegrity` writes it: the values between the pieces of the shape
 * are the text again, byte for byte. Undefined if a value has a quotation mark or a backslash.
 */
export function shapedText(text: string): ShapedText | undefined {
  for (const [at, shape] of known.entries()) {
    const values = valuesIn(text, shape.pieces)
    if (!values) continue
    if (at > 0) known.unshift(...known.splice(at, 1))
    return { ...shape, values }
  }
  const shape = shapeOf(text)
  const values = valuesIn(text, shape.pieces)
  if (!values) return undefined
  known.unshift(shape)
  known.splice(mostShapes)
  return { ...shape, values }
}

const mark = '\u0000'

function shapeOf(text: string): Shape {
  const cutText = cut(JSON.parse(text), textSlots)
  const marks = cutText.values.map(() => mark)
  const marked = JSON.stringify(fill(cutText.shape, textSlots, marks))
  // JSON text has no line break of its own.
  const pieces = marked.split(JSON.stringify(mark).slice(1, -1))
  const shape = pieces.join('\n')
  return { id: hash('sha256', shape, 'base64url').slice(0, 22), shape, pieces }
}

/** What stands between the pieces, without quotation marks; undefined if the text is of another shape. */
function valuesIn(text: string, pieces: string[]): string[] | undefined {
  const [first = '', ...others] = pieces
  if (!text.startsWith(first)) return undefined
  const values: string[] = []
  let at = first.length
  for (const piece of others) {
    const end = text.indexOf('"', at)
    if (!text.startsWith(piece, end)) return undefined
    values.push(text.slice(at, end))
    at = end + piece.length
  }
  return at === text.length && !values.some((value) => value.includes('\\')) ? values : undefined
}
