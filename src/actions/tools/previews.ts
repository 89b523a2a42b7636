import { drawSmall } from '../../baking/small-picture.ts'
import type { Card } from '../../drawing/card.ts'
import { type Bounds, boundedDrawing } from './bounded-drawing.ts'

/**
 * Pictures for other sites: the card beside a link, and the small one in a mail signature. Both throw `unavailable`.
 */
export type Previews = {
  card: (card: Card) => Promise<Buffer>
  small: (picture: Buffer) => Promise<Buffer>
}

// A card takes some 160 KB and an eighth of a second of processor time: the last one in line waits for a few seconds.
const cardBounds: Bounds = { atOnce: 2, waiting: 30, bytes: 32_000_000 }
// There are a few for each achievement, whatever the number of badges.
const smallBounds: Bounds = { atOnce: 2, waiting: 100, bytes: 4_000_000 }

/** The side of the picture in signatures, in pixels: twice its displayed size. */
const smallSide = 192

/** Previews, drawn on the first request, within bounds, and cached in memory. */
export function makePreviews(bounds: Bounds = cardBounds): Previews {
  return {
    card: boundedDrawing(
      async (card: Card) => (await import('../../drawing/card.ts')).drawCard(card),
      ({ picture, ...words }) => [JSON.stringify(words), picture],
      bounds,
    ),
    small: boundedDrawing(
      (picture: Buffer) => drawSmall(picture, smallSide),
      (picture) => [picture],
      smallBounds,
    ),
  }
}
