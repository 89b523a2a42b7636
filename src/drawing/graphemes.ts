/** Made when it is first needed: it takes ten milliseconds. */
let graphemes: Intl.Segmenter | undefined

/** A text in the characters that readers see: a letter with its accents is one. */
export function graphemesOf(text: string): string[] {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

/**
 * A text on one line: characters that break or move lines become spaces, control characters are removed, and special
 * hyphens become the plain one, since few fonts have them.
 */
export function plainSpaces(text: string): string {
  return text
    .replace(/[\t-\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/\p{Cc}/gu, '')
}

/**
 * The ways to draw a grapheme, each as the code points that need a glyph: as written, with its accents composed, and
 * decomposed. Empty for what is drawn as nothing: joiners, direction marks, variation selectors. Any space becomes the
 * plain one.
 */
export function spellings(grapheme: string): number[][] {
  const visible = plainSpaces(grapheme.replace(/\p{Default_Ignorable_Code_Point}/gu, ''))
  const plain = visible.replace(/\p{Zs}/gu, ' ')
  if (plain === '') return []
  const ways = new Set([plain, plain.normalize('NFC'), plain.normalize('NFD')])
  return [...ways].map((way) => Array.from(way, (each) => Number(each.codePointAt(0))))
}
