import { allowedProperties } from './svg-allowed.ts'

const functions = new Set(
  'rgb rgba hsl hsla matrix translate translatex translatey scale scalex scaley rotate skewx skewy'.split(
    ' ',
  ),
)

/**
 * Whether a value can neither fetch nor run anything: its only functions are colours, transforms and `url(#id)`, and it
 * has no escapes or comments. For attributes and CSS values. Conformance 5.11.
 */
export function isSafeValue(value: string): boolean {
  if (/[\\<>@{}]|\/\*|script:|data:/i.test(value)) return false
  const rest = value.replace(/url\(\s*(["']?)#[\w.:-]+\1\s*\)/gi, ' ')
  return Array.from(rest.matchAll(/(?<![\w-])([\w-]*)\s?\(/g)).every(([, name = '']) =>
    functions.has(name.toLowerCase()),
  )
}

/** The allowed and safe declarations of a `style` attribute, rewritten; all others are removed. */
export function cleanDeclarations(css: string): string {
  return css
    .split(';')
    .map((declaration) => {
      const colon = declaration.indexOf(':')
      return [declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim()]
    })
    .filter(([name = '', value = '']) => value && allowedProperties.has(name) && isSafeValue(value))
    .map(([name, value]) => `${name}:${value}`)
    .join(';')
}

/**
 * The plain rules of a `<style>` element, rewritten: `selector{declarations}` with element, class and id selectors.
 * At-rules (`@import`, `@font-face`, `@media` with its content) and everything unknown are removed.
 */
export function cleanRules(css: string): string {
  return withoutComments(css)
    .split('}')
    .map((piece) => {
      const [prelude = '', declarations = '', ...more] = piece.split('{')
      const selector = prelude.slice(prelude.lastIndexOf(';') + 1).trim()
      const kept = cleanDeclarations(declarations)
      const plain = more.length === 0 && /^[\w\s.#,>*-]+$/.test(selector)
      return plain && kept ? `${selector}{${kept}}` : ''
    })
    .join('')
}

// Not one regular expression: a lazy one takes quadratic time when a comment never ends.
function withoutComments(css: string) {
  const [first = '', ...others] = css.split('/*')
  const after = others.map((piece) =>
    piece.includes('*/') ? piece.split('*/').slice(1).join('*/') : '',
  )
  return [first, ...after].join(' ')
}
