/** What an address counts on X, however long it is. */
const linkCounts = 23
const most = 280

/** A text that X takes together with an address: at most 280 as X counts, cut at a character with an ellipsis where it is longer. */
export function postText(text: string): string {
  const room = most - linkCounts - countOf(' ')
  if (countOf(text) <= room) return text
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    if (countOf(`${kept}${segment}…`) > room) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/**
 * How long X takes a text to be: a character of these ranges counts one, each other two, Chinese and emoji among them (X's documentation
 * on counting characters, its configuration version 3). An emoji of several parts counts more here than there, so a text is never too long.
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
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
