/** The length of any address on X. */
const linkCounts = 23
const maxLength = 280

/**
 * Fits a text beside an address into 280 characters as X counts them; a longer one is cut at a grapheme, with an
 * ellipsis.
 */
export function postText(text: string): string {
  const room = maxLength - linkCounts - countOf(' ')
  if (countOf(text) <= room) return text
  let kept = ''
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  for (const { segment } of graphemes.segment(text)) {
    if (countOf(`${kept}${segment}…`) > room) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/**
 * The length of a text on X: characters of these ranges count one; all others, such as Chinese and emoji, count two
 * (X's documentation on counting characters, configuration version 3). An emoji of several code points counts more here
 * than on X, so a text is never too long.
 */
export function countOf(text: string): number {
  const single = [...text].filter((character) => {
    const point = character.codePointAt(0) ?? 0
    return singles.some(([from, to]) => point >= from && point <= to)
  })
  return 2 * [...text].length - single.length
}

const singles = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const
/** Made when it is first needed: it takes ten milliseconds. */
let graphemes: Intl.Segmenter | undefined
