import { createHash } from 'node:crypto'
import { latestUsed } from '../../domain/work/latest-used.ts'
import { takeTurns } from './take-turns.ts'

/** Limits of drawing: pictures drawn at once, pictures waiting in line, and bytes cached. */
export type Bounds = { atOnce: number; waiting: number; bytes: number }

/**
 * Bounds the cost of pictures that the public can request. Equal inputs are drawn once, even while a drawing is under
 * way. The pictures used last are cached, up to `bytes`. At capacity `atOnce` are drawn at once, and `waiting` more
 * wait in line. The result throws `unavailable` when the line is full, and whatever `draw` throws.
 */
export function boundedDrawing<Input>(
  draw: (input: Input) => Promise<Buffer>,
  partsOf: (input: Input) => (string | Uint8Array)[],
  bounds: Bounds,
): (input: Input) => Promise<Buffer> {
  const kept = latestUsed<Buffer>(bounds.bytes, ({ length }) => length)
  const underWay = new Map<string, Promise<Buffer>>()
  const inTurn = takeTurns(bounds, crowded)
  return async (input) => {
    const key = keyOf(partsOf(input))
    const cached = kept.get(key) ?? underWay.get(key)
    if (cached) return cached
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
