import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import t from 'tap'
import en from '../../src/words/en.json' with { type: 'json' }
import { english, type Word } from '../../src/words/words.ts'
import { textInTemplates, wordsInStrings } from './visible-text.ts'

const catalogue = Object.entries(en) as [Word, string][]
const root = join(import.meta.dirname, '../../src')
const sources = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, readFileSync(join(root, name), 'utf8')]),
)
const code = [...sources.values()].join('\n')
const pages = [...sources].filter(([name]) => name.startsWith('pages/'))

t.test('every message of the catalogue is said somewhere', (t) => {
  // What fills a place of a template is a string or a key somewhere in the code.
  const said = new Set(
    [...code.matchAll(/['"]([\w.-]+)['"]|([\w]+)\??:/g)].map(([, a, b]) => a ?? b),
  )
  const templates = [...code.matchAll(/`([\w-]+\.(?:[\w.-]|\$\{[^}]*\})*)`/g)].map(
    ([, word = '']) =>
      new RegExp(`^${word.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '([\\w.-]+)')}$`),
  )
  const isSaid = (word: string) =>
    said.has(word) ||
    templates.some((template) =>
      template
        .exec(word)
        ?.slice(1)
        .every((part) => said.has(part)),
    )
  const unsaid = catalogue.map(([word]) => word).filter((word) => !isSaid(word))
  t.same(unsaid, [])
  t.end()
})

t.test('every message can be read, and one with places is never said without them', (t) => {
  for (const [word, text] of catalogue) {
    t.doesNotThrow(() => new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }), word)
    t.ok(text.trim() !== '', word)
    // An apostrophe of typewriters is a mark of ICU's own; ours is ’.
    t.notMatch(text, /'/, word)
  }
  const placed = catalogue.filter(([, text]) => text.includes('{')).map(([word]) => word as string)
  const bare = [...code.matchAll(/\.say\(\s*'([\w.-]+)'\s*,?\s*\)/g)].map(([, word = '']) => word)
  t.same(
    bare.filter((word) => placed.includes(word)),
    [],
  )
  t.end()
})

t.test('a message whose place is not filled is a mistake, not a gap on the page', (t) => {
  t.throws(() => english.say('badge.zone', {}), /nothing for \{zone\}/)
  t.throws(() => english.say('help.retake.after', {}), /failures/)
  t.end()
})

t.test('pages say nothing but what the catalogue says', (t) => {
  for (const [name, source] of pages)
    t.same([...textInTemplates(source), ...wordsInStrings(source)], [], name)
  t.ok(pages.length > 20)
  t.end()
})

t.test('words between tags, in attributes and in strings would be found', (t) => {
  const hello = `html\`<p title="\${x}">Hello \${html\`<b>there</b>\`}</p>\``
  t.same(textInTemplates(hello), ['there', 'Hello'])
  t.same(textInTemplates('html`<img alt="A picture" class="wide">`'), ['A picture'])
  t.same(wordsInStrings(`part('took', 'What it took', \`Answer \${x}\`, 'skills described')`), [
    'What it took',
    `Answer \${x}`,
  ])
  t.end()
})
