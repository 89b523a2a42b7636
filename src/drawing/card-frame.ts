/**
 * The words of a card, in the reader's language. Without `holder`, the badge names no holder or is revoked. `verdict`
 * is for a badge that is not valid. `days` are sentences such as "Valid until 22 November 2028".
 */
export type CardWords = {
  achievement: string
  holder?: string | undefined
  issuer: string
  days?: string[] | undefined
  verdict?: { tone: 'valid' | 'caution' | 'bad' | 'unknown'; words: string } | undefined
  lang: string
  dir: 'ltr' | 'rtl'
}

/** The measures of a card, in pixels. */
export const card = { width: 1200, height: 630, edge: 84, gap: 64, picture: 380 }
/** The width of its words. */
export const column = card.width - 2 * card.edge - card.gap - card.picture

/** The position of the picture, in pixels. */
export function pictureBox(dir: CardWords['dir']): { left: number; top: number; side: number } {
  const left = dir === 'rtl' ? card.width - card.edge - card.picture : card.edge
  return { left, top: (card.height - card.picture) / 2, side: card.picture }
}
