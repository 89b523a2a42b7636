import { type CardWords, card, column } from './card-frame.ts'
import { colours } from './colours.ts'
import { fit, type Line } from './lines.ts'
import { outlineOf } from './outlines.ts'

/** The card as SVG, with all text as outlines and an empty space for the picture. */
export function cardDrawing(words: CardWords): string {
  const blocks = blocksOf(words)
  const height = blocks.reduce((sum, block) => sum + block.before + block.height, 0)
  let top = (card.height - height) / 2
  const drawn = blocks.map((block) => {
    top += block.before
    const markup = block.draw(top)
    top += block.height
    return markup
  })
  const { width, height: tall } = card
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}"><rect width="${width}" height="${tall}" fill="${colours.paper}"/>${drawn.join('')}</svg>`
}

type Block = { before: number; height: number; draw: (top: number) => string }

/** From top to bottom. The first has no space before it. */
function blocksOf({ achievement, holder, issuer, days = [], verdict, lang, dir }: CardWords) {
  const set = { lang, maxWidth: column }
  const blocks = [
    ...(verdict ? [pill(verdict, { lang, dir })] : []),
    text(fit(achievement, { ...set, style: 'serif', size: 60, minSize: 44, maxLines: 3 }), {
      dir,
      colour: colours.ink,
      before: 28,
    }),
    text(fit(holder ?? '', { ...set, style: 'serif', size: 44, minSize: 32, maxLines: 2 }), {
      dir,
      colour: colours.ink,
      before: 20,
    }),
    ...days.map((day) =>
      text(
        fit(day, { ...set, style: 'sans', size: 26, minSize: 22, maxLines: 2, direction: dir }),
        {
          dir,
          colour: colours.quiet,
          before: 20,
        },
      ),
    ),
    rule(dir),
    text(fit(issuer, { ...set, style: 'sans', size: 26, minSize: 22, maxLines: 2 }), {
      dir,
      colour: colours.quiet,
      before: 18,
    }),
  ].filter(({ height }) => height > 0)
  return blocks.map((block, index) => (index === 0 ? { ...block, before: 0 } : block))
}

function text(
  lines: Line[],
  look: { dir: CardWords['dir']; colour: string; before: number },
): Block {
  const heights = lines.map(({ size }) => size * leading)
  return {
    before: look.before,
    height: heights.reduce((sum, height) => sum + height, 0),
    draw: (top) => {
      const paths = lines.map((line, index) =>
        outlineOf(line, {
          x: startOf(line.width, look.dir),
          y: top + (heights[0] ?? 0) * index + line.size * baseline,
        }),
      )
      return `<path fill="${look.colour}" d="${paths.join('')}"/>`
    },
  }
}

/** The distance of lines in all scripts, relative to their size. */
const leading = 1.22
const baseline = 0.92

function pill(
  { tone, words }: NonNullable<CardWords['verdict']>,
  { lang, dir }: Pick<CardWords, 'lang' | 'dir'>,
): Block {
  const [line] = fit(words, {
    style: 'sans',
    weight: 600,
    size: 28,
    minSize: 8,
    maxLines: 1,
    maxWidth: column - 2 * padding,
    direction: dir,
    lang,
  })
  const { paper, ink, mark } = colours[tone]
  return {
    before: 0,
    height: line ? 56 : 0,
    draw: (top) => {
      if (!line) return ''
      const width = line.width + 2 * padding
      const left = startOf(width, dir)
      const outline = outlineOf(line, { x: left + padding, y: top + 28 + line.size * 0.35 })
      return `<rect x="${left}" y="${top}" width="${width}" height="56" rx="6" fill="${paper}" stroke="${mark}" stroke-width="2"/><path fill="${ink}" d="${outline}"/>`
    },
  }
}

const padding = 24

function rule(dir: CardWords['dir']): Block {
  return {
    before: 32,
    height: 2,
    draw: (top) =>
      `<rect x="${startOf(72, dir)}" y="${top}" width="72" height="2" fill="${colours.accent}"/>`,
  }
}

/** The left end of a text of this width, which begins at the column's reading start. */
function startOf(width: number, dir: CardWords['dir']) {
  return dir === 'rtl' ? card.edge + column - width : card.width - card.edge - column
}
