/**
 * Splits a text where a line may end: after a space or a hyphen, and between words of scripts written without spaces.
 */
export function words(text: string) {
  return text
    .split(/(?<=[\s\-‐–/@.])(?=\S)/u)
    .flatMap((part) => (unspaced.test(part) ? segments(part) : [part]))
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

function segments(part: string) {
  return Array.from(segmenter.segment(part), ({ segment }) => segment)
}

/** The pieces in two lines, in three, and so on, each with the widest line as narrow as possible. */
export function broken(pieces: string[], maxLines: number, widthOf: (part: string) => number) {
  const widths = pieces.map(widthOf)
  const ways: string[][] = []
  for (let lines = 2; lines <= Math.min(maxLines, pieces.length); lines += 1)
    ways.push(packed(pieces, widths, narrowest(widths, lines)))
  return ways
}

/** The least width at which the pieces fit into so many lines. */
function narrowest(widths: number[], lines: number) {
  let [low, high] = [Math.max(...widths), widths.reduce((sum, width) => sum + width, 0)]
  for (let turn = 0; turn < 20; turn += 1) {
    const middle = (low + high) / 2
    if (rows(widths, middle).length <= lines) high = middle
    else low = middle
  }
  return high
}

function packed(pieces: string[], widths: number[], width: number) {
  return rows(widths, width).map((row) => row.map((index) => pieces[index]).join(''))
}

/** The indexes of the pieces in each line; each line is filled before the next begins. */
function rows(widths: number[], width: number) {
  const all: number[][] = []
  let used = Number.POSITIVE_INFINITY
  for (const [index, own] of widths.entries()) {
    if (used + own > width + 1e-9) {
      all.push([])
      used = 0
    }
    all.at(-1)?.push(index)
    used += own
  }
  return all
}
