import { createHash } from 'node:crypto'
import { takeTurns } from './take-turns.ts'

/** How much drawing may cost: pictures at once, pictures that wait for their turn, and bytes that are kept. */
export type Bounds = { atOnce: number; waiting: number; bytes: number }

/**
 * Makes the drawing of pictures that anybody may ask for harmless: the same inputs are drawn once, also while they are being drawn;
 * what was asked for last is kept, up to `bytes`; at most `atOnce` are drawn, in turn, and who comes when `waiting` wait already is
 * sent away. The result throws `unavailable` then, and whatever `draw` throws.
 */
export function boundedDrawing<Input>(
  draw: (input: Input) => Promise<Buffer>,
  partsOf: (input: Input) => (string | Uint8Array)[],
  bounds: Bounds,
): (input: Input) => Promise<Buffer> {
  const kept = keepLatest(bounds.bytes)
  const underWay = new Map<string, Promise<Buffer>>()
  const inTurn = takeTurns(bounds, crowded)
  return async (input) => {
    const key = keyOf(partsOf(input))
    const there = kept.get(key) ?? underWay.get(key)
    if (there) return there
    const drawing = inTurn(() => draw(input))
    underWay.set(key, drawing)
    try {
      const bytes = await drawing
      kept.set(key, bytes)
      return bytes
    } finally {
      underWay.delete(key)
    }
  }
}

const crowded = 'Many pictures are being drawn just now. Ask again in a few seconds.'

function keyOf(parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length} `).update(part)
  return hash.digest('base64url')
}

/** The latest asked for, whose bytes fit; a Map remembers the order in which its keys came. */
function keepLatest(most: number) {
  const kept = new Map<string, Buffer>()
  let bytes = 0
  return {
    get: (key: string) => {
      const found = kept.get(key)
      if (!found) return undefined
      kept.delete(key)
      kept.set(key, found)
      return found
    },
    set: (key: string, picture: Buffer) => {
      kept.set(key, picture)
      bytes += picture.length
      for (const [oldest, { length }] of kept) {
        if (bytes <= most) return
        kept.delete(oldest)
        bytes -= length
      }
    },
  }
}
