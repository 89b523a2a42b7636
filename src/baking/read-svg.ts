import { Problem } from '../problem.ts'
import type { BadgeText } from './png.ts'
import { keywordOf } from './svg-badge.ts'
import { type Tag, walkSvg } from './svg-walk.ts'

/**
 * Reads the badge text from an SVG of unknown origin.
 *
 * Promises to check the whole file first and to take the first badge element of each version, identified by its
 * namespace and not its prefix (5.12). An assertion's text is its body, or `verify` when the body is empty; a
 * credential's is `verify` when present (validators read any `verify` as a JWT, 5.8), else its body. An SVG without a
 * badge gives `{}`. Throws `invalid` for what `walkSvg` refuses and for an empty badge element.
 */
export function readSvg(svg: string): BadgeText {
  const found: BadgeText = {}
  let reading: { tag: Tag; depth: number; text: string; cdata: string } | undefined
  let depth = 0
  walkSvg(svg, {
    open: (tag) => {
      depth += 1
      const keyword = keywordOf(tag)
      if (keyword && !reading && found[keyword] === undefined)
        reading = { tag, depth, text: '', cdata: '' }
    },
    text: (text) => {
      if (reading?.depth === depth) reading.text += text
    },
    cdata: (text) => {
      if (reading?.depth === depth) reading.cdata += text
    },
    close: (tag) => {
      const keyword = keywordOf(tag)
      if (keyword && reading?.depth === depth) {
        found[keyword] = textOf(keyword, reading)
        reading = undefined
      }
      depth -= 1
    },
  })
  return found
}

function textOf(
  keyword: keyof BadgeText,
  { tag, text, cdata }: { tag: Tag; text: string; cdata: string },
) {
  // Bakers write CDATA, which is taken as it is; the white space around it is layout.
  const body = cdata.trim() === '' ? text.trim() : cdata
  const verify = tag.attributes.verify?.value.trim() ?? ''
  const badge = keyword === 'openbadges' ? body || verify : verify || body
  if (badge) return badge
  throw new Problem(
    'invalid/svg-badge-empty',
    'The SVG has a badge element with nothing in it. Ask for a new file.',
  )
}
