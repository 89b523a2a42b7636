import { isInSomeFace } from './fonts/coverage.ts'
import { graphemesOf, spellings } from './graphemes.ts'

/**
 * The characters of a text that no font of ours has, each once, as readers see them: letters with their accents.
 * Control characters, joiners and direction marks are drawn as nothing, so no font needs them.
 */
export function cannotDraw(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return []
  const missing = graphemesOf(text).filter((grapheme) => !isDrawable(grapheme))
  return [...new Set(missing)]
}

const drawable = new Map<string, boolean>()
const mostKnown = 10_000 // a typeface of Han has more

function isDrawable(grapheme: string): boolean {
  const known = drawable.get(grapheme)
  if (known !== undefined) return known
  if (drawable.size >= mostKnown) drawable.clear()
  const ways = spellings(grapheme)
  const is = ways.length === 0 || styles.every((style) => isInSomeFace(ways, style))
  drawable.set(grapheme, is)
  return is
}

/**
 * Whether a text can be drawn completely. If a holder's name cannot, their certificate and preview card are withheld.
 */
export function canDraw(text: string): boolean {
  return cannotDraw(text).length === 0
}

const styles = ['serif', 'sans'] as const
