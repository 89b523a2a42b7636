import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'

const folder = new URL('../../src/pages/style/', import.meta.url)
const sheets = readdirSync(folder).filter((name) => !['tokens.css', 'print.css'].includes(name))
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')

t.test('every size of type and every space is one of the scale', (t) => {
  for (const name of sheets) {
    const css = read(name)
    const spaces = css.matchAll(/\b(?:gap|padding|margin)[a-z-]*:\s*([^;]+);/g)
    const off = [...spaces].filter(([, value = '']) => /\d(?:rem|px|vw)/.test(value))
    const sizes = [...css.matchAll(/\bfont(?:-size)?:\s*([^;]+);/g)]
    const odd = sizes.filter(([, value = '']) => /[\d.]+(?:rem|px|vw)/.test(value))
    t.same(
      [...off, ...odd].map(([declaration]) => declaration),
      [],
      name,
    )
  }
  t.ok(sheets.length > 5)
  t.end()
})

t.test('no sheet has a colour of its own, and every token that is used is there', (t) => {
  const defined = new Set([...read('tokens.css').matchAll(/--([\w-]+):/g)].map(([, name]) => name))
  for (const name of sheets) {
    const css = read(name)
    t.notMatch(css, /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i, name)
    const used = [...css.matchAll(/var\(--([\w-]+)\)/g)].map(([, token = '']) => token)
    // The tones are handed down by the class that names the state.
    const unknown = used.filter((token) => !token.startsWith('t-') && !defined.has(token))
    t.same(unknown, [], name)
  }
  t.end()
})
