import { Problem } from '../problem.ts'
import { largestPicture } from './png-chunks.ts'
import { assertionNamespace, credentialNamespace, keywordOf } from './svg-badge.ts'
import { attributeText, checkCharacters, type Tag, walkSvg } from './svg-walk.ts'

export { cleanSvg } from './clean-svg.ts'
export { readSvg } from './read-svg.ts'

/**
 * Bakes an OB 3.0 credential into an SVG as the first child of its root: JSON with its proof in CDATA and without
 * `verify`, a compact JWS in `verify`.
 *
 * Promises one badge element in the result, an older one of either version being replaced (5.10); every other character
 * of the artwork as it was; and that `readSvg` gives a JWT back as it was, and JSON as it was except where XML cannot
 * hold it: `]]>` and U+FFFE, U+FFFF or lone surrogates, which in JSON stand only inside strings, come back as `\u`
 * escapes, and CR between tokens as LF. It is the same JSON value always, so an embedded proof holds.
 * `json` must be JSON. Throws `invalid` for an SVG that `readSvg` would refuse. Conformance 5.8-5.10.
 */
export function bakeSvgCredential(
  svg: string,
  credential: { json: string } | { jwt: string },
): string {
  if ('jwt' in credential)
    return bakeElement(svg, credentialNamespace, 'credential', `${verify(credential.jwt)}/>`)
  const body = cdata(credential.json)
  return bakeElement(svg, credentialNamespace, 'credential', `>${body}</openbadges:credential>`)
}

/**
 * Bakes an OB 2.0 assertion into an SVG as the first child of its root: signed as a JWS in `verify` without a body,
 * hosted as JSON in CDATA with the assertion's URL in `verify`. Promises and throws what `bakeSvgCredential` does.
 * Conformance 5.7, 5.9, 5.10.
 */
export function bakeSvgAssertion(
  svg: string,
  assertion: { jws: string } | { json: string; url: string },
): string {
  if ('jws' in assertion)
    return bakeElement(svg, assertionNamespace, 'assertion', `${verify(assertion.jws)}/>`)
  const rest = `${verify(assertion.url)}>${cdata(assertion.json)}</openbadges:assertion>`
  return bakeElement(svg, assertionNamespace, 'assertion', rest)
}

function bakeElement(svg: string, namespace: string, name: string, rest: string) {
  let root: { tag: Tag; start: number; end: number } | undefined
  let cut: { tag: Tag; start: number } | undefined
  let keptFrom = 0
  const kept: string[] = []
  walkSvg(svg, {
    open: (tag, start, end) => {
      if (!root) {
        root = { tag, start, end }
        keptFrom = end
      }
      if (keywordOf(tag)) cut ??= { tag, start }
    },
    close: (tag, end) => {
      if (cut?.tag !== tag) return
      kept.push(svg.slice(keptFrom, cut.start))
      keptFrom = end
      cut = undefined
    },
  })
  if (!root) throw new Problem('invalid', 'The SVG is empty.')
  const head = `${svg.slice(0, root.start)}${rootTag(svg.slice(root.start, root.end), root.tag, namespace)}`
  const tail = `${kept.join('')}${svg.slice(keptFrom)}${root.tag.isSelfClosing ? `</${root.tag.name}>` : ''}`
  const baked = `${head}<openbadges:${name}${rest}${tail}`
  if (Buffer.byteLength(baked) > largestPicture)
    throw new Problem('invalid', 'The baked picture would be larger than 8 MiB. Use smaller art.')
  return baked
}

/** The root's own start tag, open, with `xmlns:openbadges` meaning this version and nothing else. */
function rootTag(source: string, tag: Tag, namespace: string) {
  const name = `<${tag.name}`
  const attributes = source
    .slice(name.length)
    .replace(/\/?>$/, '')
    .trimEnd()
    .replace(/\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')/g, (whole, attribute) =>
      attribute === 'xmlns:openbadges' ? '' : whole,
    )
  return `${name} xmlns:openbadges="${namespace}"${attributes}>`
}

function verify(text: string) {
  if (text === '') throw new Problem('invalid', 'There is no badge text to bake.')
  return ` verify="${attributeText(text)}"`
}

/** JSON in CDATA, without what would end the section or is no XML character (5.9): the same value in `\u` escapes. */
function cdata(json: string) {
  if (json.trim() === '') throw new Problem('invalid', 'There is no badge text to bake.')
  const safe = json
    .replaceAll(']]>', ']]\\u003e')
    .replace(
      /[\ufffe\uffff]|\p{Surrogate}/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16)}`,
    )
  return `<![CDATA[${checkCharacters(safe)}]]>`
}
