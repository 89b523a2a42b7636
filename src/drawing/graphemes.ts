const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A text in what a reader takes for its characters: a letter with its accents is one. */
export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

/** A text on one line: what breaks or moves lines becomes a space, control characters go. Few fonts have a hyphen of its own. */
export function plainSpaces(text: string): string {
  return text
    .replace(/[\t-\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/\p{Cc}/gu, '')
}

/**
 * The ways in which a grapheme can be drawn, each as the code points that need a glyph: as it is written, with its accents joined to
 * the letter, and apart. None for what is drawn as nothing: joiners, marks of direction, variation selectors; any space is the plain one.
 */
export function spellings(grapheme: string): number[][] {
  const visible = plainSpaces(grapheme.replace(/\p{Default_Ignorable_Code_Point}/gu, ''))
  const plain = visible.replace(/\p{Zs}/gu, ' ')
  if (plain === '') return []
  const ways = new Set([plain, plain.normalize('NFC'), plain.normalize('NFD')])
  return [...ways].map((way) => Array.from(way, (each) => Number(each.codePointAt(0))))
}
