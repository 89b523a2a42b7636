import { isInSomeFace } from './faces.ts'
import { graphemesOf, spellings } from './graphemes.ts'

/**
 * The characters of a text that none of our fonts has, each once, as a reader sees them: letters with their accents. Control
 * characters, joiners and marks of direction are drawn as nothing, which every font can do.
 */
export function cannotDraw(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return []
  const missing = graphemesOf(text).filter((grapheme) => {
    const ways = spellings(grapheme)
    return ways.length > 0 && !styles.every((style) => isInSomeFace(ways, { style }))
  })
  return [...new Set(missing)]
}

/** Whether a text can be drawn whole. Where a holder's name cannot, certificate and preview card are withheld. */
export function canDraw(text: string): boolean {
  return cannotDraw(text).length === 0
}

const styles = ['serif', 'sans'] as const
