import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { foreignPages } from './pages-of-languages.ts'

const folder = new URL('../../src/pages/style/', import.meta.url)

/** What a page says to its readers in its own language: without what is marked as in another, as a name, or as typed letter by letter. */
function said(page: string): string[] {
  const own = page
    .replace(/<(bdi|code|a|p|strong)\b[^>]* (?:lang="en"|dir="(?:ltr|auto)")[^>]*>.*?<\/\1>/gs, '')
    .replace(/<(bdi|code)\b[^>]*>.*?<\/\1>/gs, '')
    .replace(/<span class="quiet" dir="ltr">.*?<\/span>/gs, '')
  const between = own.replace(/<(style|script|textarea)\b.*?<\/\1>|<[^>]*>/gs, '\n')
  const spoken = own.matchAll(/\b(?:aria-label|placeholder|data-column)="([^"]*)"/g)
  return [...between.split('\n'), ...[...spoken].map(([, text = '']) => text)]
    .map((text) => text.replace(/&[#\w]+;/g, ' ').trim())
    .filter((text) => text !== '')
}

// What an owner typed to know a link by.
const labels = /“[^”]*”/g

// Names of people and things, addresses, formats: what is spelled alike in every language.
const names =
  /https?:[^\s，。]*|[\w.…-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)+|\bNW-[A-Z0-9-]+|Northwind Cloud(?: Certification)?|(?:Northwind Cloud )?(?:Solutions Architect )?(?:Practitioner|Associate|Professional)|Asia\/Shanghai|Open Badges|JSON-LD|Data Integrity|VC-JWT|JWS|JSON|PNG|SVG|PDF|ZIP|README|HTML|oEmbed|A4|API|Cookie|LinkedIn(?: 的 Post Inspector)?|Facebook|Blazon|Contoso(?: [A-Z]\w*)*|Fabrikam(?: [A-Z]\w*)*|Firefox|Safari|Chrome|Edge|iPhone|Windows|Mac|Linux|Android|English|Maria Ferreira/g

t.test('a page in another language has no English sentence of ours, in any state', (t) => {
  for (const [name, page] of Object.entries(foreignPages)) {
    const english = said(page)
      .map((text) => text.replace(labels, '').replace(names, ''))
      .filter((text) => /[A-Za-z]{2}/.test(text))
    t.same([...new Set(english)], [], name)
  }
  t.end()
})

t.test('an English sentence would be found', (t) => {
  t.same(said('<p lang="en">Pass</p><p>Your badge</p><i aria-label="Close it">x</i>'), [
    'Your badge',
    'x',
    'Close it',
  ])
  t.end()
})

t.test(
  'what the programme wrote is marked with its language, and names with their direction',
  (t) => {
    const page = foreignPages['valid (ar)'] ?? ''
    t.match(page, '<html lang="ar" dir="rtl">')
    t.match(page, /<h1><bdi lang="en">Solutions Architect Associate<\/bdi><\/h1>/)
    t.match(page, '<p lang="en" dir="auto">Passed the')
    t.match(page, '<bdi class="number">NW-7K4M-92QD</bdi>')
    t.match(page, /<a href="mailto:[^"]*" dir="ltr">/)
    t.match(page, '<strong class="domain" dir="ltr">')
    t.end()
  },
)

t.test('the style knows the start and the end of a line, never left and right', (t) => {
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.css'))
  t.ok(sheets.length > 8)
  for (const name of sheets) {
    const css = readFileSync(new URL(name, folder), 'utf8').replace(/\/\*.*?\*\//gs, '')
    t.same(css.match(/[\w-]*\b(?:left|right)\b[^;]*/g) ?? [], [], name)
    for (const [all, values = ''] of css.matchAll(
      /(?:margin|padding|inset|border-width):([^;]*);/g,
    )) {
      const [, right, , left] = values.trim().split(/\s+(?![^(]*\))/)
      if (left !== undefined) t.equal(left, right, `${name}: ${all}`)
    }
  }
  t.end()
})
