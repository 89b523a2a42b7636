import { readFileSync } from 'node:fs'
import t from 'tap'

const source = readFileSync(new URL('../../src/pages/style/tokens.css', import.meta.url), 'utf8')
const [light, dark] = [...source.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) =>
  Object.fromEntries(
    [...(block ?? '').matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  ),
)

const tones = ['valid', 'caution', 'bad', 'unknown']
const text: [string, string, number][] = [
  ['ink', 'paper', 7],
  ['ink', 'card', 7],
  ['quiet', 'paper', 7],
  ['quiet', 'card', 7],
  ['accent', 'paper', 7],
  ['accent', 'card', 7],
  ['accent-ink', 'accent', 7],
  // WCAG 1.4.11: the edge of a field is what shows that it is one; the accent rings what is chosen and what has the focus.
  ['field', 'card', 3],
  ['field', 'paper', 3],
  ['bad-mark', 'card', 4.5],
  ...tones.flatMap((name): [string, string, number][] => [
    [`${name}-ink`, `${name}-paper`, 7],
    [`${name}-mark`, 'paper', 4.5],
    // The glyph inside a mark is a drawing: WCAG 1.4.11 asks 3.
    [`${name}-mark`, `${name}-paper`, 3],
  ]),
]

for (const [scheme, tokens] of Object.entries({ light, dark })) {
  t.test(`in the ${scheme} scheme every text stands out from its ground`, (t) => {
    for (const [front, ground, least] of text) {
      const ratio = contrast(tokens?.[front], tokens?.[ground])
      t.ok(ratio >= least, `${front} on ${ground}: ${ratio.toFixed(2)}, at least ${least}`)
    }
    t.end()
  })
}

/** WCAG 2.2, contrast ratio and relative luminance. */
function contrast(a = '', b = ''): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
