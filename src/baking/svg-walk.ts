import { SaxesParser, type SaxesTagNS } from 'saxes'
import { Problem } from '../problem.ts'
import { largestPicture } from './png-chunks.ts'

/** An element with its namespace resolved: `local`, `uri`, `attributes`, `isSelfClosing`. */
export type Tag = SaxesTagNS

/** The callbacks of a walk. Positions are indexes into the string: that of the tag's `<`, and the one after its `>`. */
export type Visitor = {
  open?: (tag: Tag, start: number, end: number) => void
  close?: (tag: Tag, end: number) => void
  text?: (text: string) => void
  cdata?: (text: string) => void
}

export const svgNamespace = 'http://www.w3.org/2000/svg'

// saxes looks up a prefix through all open elements, so unlimited depth would cost quadratic time.
const deepest = 200

// Artwork has some thousands of tags; an attacker sends millions, which take seconds to read.
const mostTags = 50_000
const mostNamespaces = 100

/**
 * Walks an SVG of unknown origin in document order.
 *
 * Promises that the whole file is well-formed XML 1.0 with namespaces, has an `<svg>` root, no DOCTYPE (and so no
 * entities of its own), at most `limit` bytes in UTF-8, 200 levels and 50,000 tags; it fetches nothing. What the
 * visitor has seen may be trusted only when the walk returns. Throws `invalid` with a sentence otherwise. Conformance
 * 5.11.
 */
export function walkSvg(svg: string, visitor: Visitor, limit = largestPicture): void {
  if (Buffer.byteLength(svg) > limit)
    throw new Problem(
      'invalid/svg-too-large',
      `The SVG is larger than ${limit / 1024 / 1024} MiB. Simplify it.`,
    )
  if (
    svg.split('<', mostTags + 2).length > mostTags ||
    svg.split('xmlns', mostNamespaces + 2).length > mostNamespaces
  )
    throw new Problem(
      'invalid/svg-too-many-tags',
      `The SVG has more than ${mostTags} tags or ${mostNamespaces} namespaces. Simplify it.`,
    )
  const parser = new SaxesParser({ xmlns: true, position: true })
  let depth = 0
  parser.on('error', (error) => {
    throw new Problem('invalid/svg-not-xml', `The SVG is not well-formed XML: ${error.message}`)
  })
  parser.on('doctype', () => {
    throw new Problem(
      'invalid/svg-doctype',
      'The SVG has a DOCTYPE, which can hide entities. Remove it.',
    )
  })
  parser.on('xmldecl', ({ version }) => {
    // XML 1.1 reads U+2028 as a line break, which would split a JSON string.
    if (version !== '1.0')
      throw new Problem('invalid/svg-not-xml-1-0', 'The SVG is not XML 1.0. Save it as such.')
  })
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > deepest)
      throw new Problem(
        'invalid/svg-too-deep',
        `The SVG is more than ${deepest} levels deep. Simplify it.`,
      )
    if (depth === 1 && (tag.local !== 'svg' || tag.uri !== svgNamespace))
      throw new Problem(
        'invalid/not-an-svg',
        'This is not an SVG: its first element is no SVG element.',
      )
    visitor.open?.(tag, tagStart, parser.position)
  })
  let tagStart = 0
  parser.on('opentagstart', () => {
    tagStart = svg.lastIndexOf('<', parser.position - 1)
  })
  parser.on('closetag', (tag) => {
    depth -= 1
    visitor.close?.(tag, parser.position)
  })
  parser.on('text', (text) => visitor.text?.(text))
  parser.on('cdata', (text) => visitor.cdata?.(text))
  parser.write(svg).close()
}

/**
 * Text as it stands between the quotes of an attribute; readers keep its line breaks. Throws `invalid` for characters
 * that XML forbids.
 */
export function attributeText(text: string): string {
  return bodyText(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Text as it stands between tags. Throws `invalid` for characters that XML forbids. */
export function bodyText(text: string): string {
  return checkCharacters(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** Returns the text. Throws `invalid` for characters that XML forbids. */
export function checkCharacters(text: string): string {
  if (!notXml.test(text)) return text
  throw new Problem(
    'invalid/svg-control-character',
    'The text has a control character, which an SVG cannot hold.',
  )
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u
