import type { Result } from './result.ts'
import { type ReviewItem, reviewItem } from './review.ts'

/**
 * The question about a holder's name with characters that no font of ours has: the badge is issued, but nothing is printed with
 * another name than the holder's. It settles itself when the exam system sends a name that can be printed.
 */
export function unprintableName(
  { source, resultId, message }: Result,
  missing: string[],
): ReviewItem | undefined {
  if (missing.length === 0) return undefined
  const characters = missing.map(codePoints)
  return reviewItem(
    {
      kind: 'unprintable-name',
      source,
      candidateId: message.candidate.id,
      resultId,
      facts: { characters },
      reason: `The holder's name has characters that no font here has: ${characters.join(', ')}. The badge is issued; its certificate and preview card are withheld until the exam system sends the name without them, as a higher revision.`,
    },
    characters,
  )
}

/** `U+1F642`, or `U+0052 U+0335` for a letter with its accent. */
function codePoints(character: string) {
  return Array.from(
    character,
    (each) => `U+${each.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ')
}
