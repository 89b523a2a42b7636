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
 * Promises that the result has one badge element, which replaces an older one of either version (5.10); that every
 * other character of the artwork stays; and that `readSvg` returns a JWT unchanged. It returns JSON unchanged except
 * where XML cannot hold it: `]]>`, U+FFFE, U+FFFF and lone surrogates, which in JSON stand only inside strings, come
 * back as `\u` escapes, and CR between tokens as LF. It is always the same JSON value, so an embedded proof still
 * verifies. `json` must be JSON. Throws `invalid` for an SVG that `readSvg` would refuse. Conformance 5.8-5.10.
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
 * Bakes an OB 2.0 assertion into an SVG as the first child of its root: a signed one as JWS in `verify` without a body,
 * a hosted one as JSON in CDATA with the assertion's URL in `verify`. Promises and throws as `bakeSvgCredential`.
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
  if (!root) throw new Problem('invalid/svg-empty', 'The SVG is empty.')
  const head = `${svg.slice(0, root.start)}${rootTag(svg.slice(root.start, root.end), root.tag, namespace)}`
  const tail = `${kept.join('')}${svg.slice(keptFrom)}${root.tag.isSelfClosing ? `</${root.tag.name}>` : ''}`
  const baked = `${head}<openbadges:${name}${rest}${tail}`
  if (Buffer.byteLength(baked) > largestPicture)
    throw new Problem(
      'invalid/baked-picture-too-large',
      'The baked picture would be larger than 8 MiB. Use smaller art.',
    )
  return baked
}

/** The root's own start tag, open, with `xmlns:openbadges` bound to this version only. */
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
  if (text === '') throw new Problem('invalid/no-badge-text', 'There is no badge text to bake.')
  return ` verify="${attributeText(text)}"`
}

/** JSON in CDATA. What would end the section or is not an XML character becomes a `\u` escape (5.9): the same value. */
function cdata(json: string) {
  if (json.trim() === '')
    throw new Problem('invalid/no-badge-text', 'There is no badge text to bake.')
  const safe = json
    .replaceAll(']]>', ']]\\u003e')
    .replace(
      /[\ufffe\uffff]|\p{Surrogate}/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16)}`,
    )
  return `<![CDATA[${checkCharacters(safe)}]]>`
}
