import { cleanDeclarations, cleanRules, isSafeValue } from './clean-css.ts'
import {
  allowedAttributes,
  allowedElements,
  allowedProperties,
  referringElements,
  textAttributes,
  textElements,
} from './svg-allowed.ts'
import { countReferences } from './svg-references.ts'
import { attributeText, bodyText, svgNamespace, type Tag, walkSvg } from './svg-walk.ts'

const largestArtwork = 2 * 1024 * 1024

/**
 * Rewrites a programme's artwork with allowed elements and attributes only.
 *
 * Promises that the result draws the same picture from itself alone, without any script, event handler, link,
 * animation, foreign content, comment, processing instruction, earlier badge, or reference other than to a `#fragment`
 * of the file; and that cleaning it again changes nothing. Shapes, gradients, patterns, masks, filters, text, `use`,
 * transforms and plain CSS stay. Throws `invalid` for what `walkSvg` refuses, for more than 2 MiB, and for references
 * that form a cycle or multiply without end. Conformance 5.11.
 */
export function cleanSvg(svg: string): string {
  const written: string[] = []
  const open: Tag[] = []
  const references = countReferences()
  let dropped: Tag | undefined
  let rules = ''
  const write = (text: string) => {
    const within = open.at(-1)?.local
    if (dropped || !within) return
    if (within === 'style') rules += text
    if (textElements.has(within) || (within !== 'style' && /^\s*$/.test(text)))
      written.push(bodyText(text))
  }
  walkSvg(
    svg,
    {
      open: (tag) => {
        if (dropped) return
        if (!isAllowed(tag, open.at(-1))) {
          dropped = tag
          return
        }
        references.open(tag.attributes.id?.value)
        const attributes = Object.entries(cleanAttributes(tag))
        for (const [, value] of attributes)
          for (const [, id = ''] of value.matchAll(/(?:^|url\(\s*["']?)#([\w.:-]+)/gi))
            references.refer(id)
        const root = open.length === 0 ? ` xmlns="${svgNamespace}"` : ''
        const rest = attributes.map(([name, value]) => ` ${name}="${attributeText(value)}"`)
        written.push(`<${tag.local}${root}${rest.join('')}${tag.isSelfClosing ? '/' : ''}>`)
        open.push(tag)
      },
      text: write,
      cdata: write,
      close: (tag) => {
        if (tag === dropped) {
          dropped = undefined
          return
        }
        if (dropped) return
        if (tag.local === 'style') written.push(bodyText(cleanRules(rules)))
        if (tag.local === 'style') rules = ''
        open.pop()
        references.close()
        if (!tag.isSelfClosing) written.push(`</${tag.local}>`)
      },
    },
    largestArtwork,
  )
  references.check()
  return written.join('')
}

/**
 * Elements of foreign namespaces are removed with their content: editors' metadata, HTML, and badges of an earlier
 * baking.
 */
function isAllowed({ local, uri }: Tag, parent: Tag | undefined) {
  return uri === svgNamespace && allowedElements.has(local) && parent?.local !== 'style'
}

function cleanAttributes({ local, attributes }: Tag): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const { name, prefix, local: attribute, uri, value } of Object.values(attributes)) {
    if (uri === xlink && attribute === 'href') kept.href ??= value
    if (prefix === '' && attribute === 'href') kept.href = value
    if (name === 'xml:space' || name === 'xml:lang') kept[name] = value
    if (prefix !== '') continue
    if (attribute === 'style') kept.style = cleanDeclarations(value)
    if (textAttributes.has(attribute)) kept[attribute] = value
    if (allowedAttributes.has(attribute) || allowedProperties.has(attribute))
      if (isSafeValue(value)) kept[attribute] = value
  }
  if (!referringElements.has(local) || !/^#[\w.:-]+$/.test(kept.href ?? '')) delete kept.href
  if (kept.style === '') delete kept.style
  return kept
}

const xlink = 'http://www.w3.org/1999/xlink'
