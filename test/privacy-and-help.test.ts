import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import type { Programme } from '../schemas/programme.ts'
import { readProgramme } from '../src/actions/judging/adopt-programme.ts'
import { explain } from '../src/problem.ts'
import { changedProgramme } from './help/programme.ts'
import { get, start } from './help/start.ts'

const page = readFileSync(new URL('../docs/privacy-and-help.md', import.meta.url), 'utf8')
const [privacy = '', help = ''] = page.split('## Help')
const examples = ['privacy', 'help'].map((name) => {
  const text = new RegExp(`\`\`\`json ${name}\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? ''
  return JSON.parse(text) as Partial<Programme>
})

/** The sample programme with the examples of the documentation in place of its own fields. */
const asDocumented = (programme: Programme) => {
  for (const { policies, ...fields } of examples) {
    Object.assign(programme, fields)
    Object.assign(programme.policies, policies)
  }
}

const spoken = (html: string) =>
  html
    .replace(/<\/dt>/g, ': ')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')

t.test(
  'the programme file of docs/privacy-and-help.md is taken, and the pages say what it says they do',
  async (t) => {
    const file = changedProgramme(t as Test, asDocumented)
    const blazon = await start(t as Test, { settings: { PROGRAMME_FILE: file } })
    const pages = { '/privacy': privacy, '/help': help }
    for (const [path, told] of Object.entries(pages)) {
      const { body } = await get(blazon, path)
      const quotes = [...told.matchAll(/^> (.+)$/gm)].map(([, quote = '']) => quote)
      t.ok(quotes.length > 0)
      for (const quote of quotes) t.ok(spoken(body).includes(quote), quote)
    }
    const { body } = await get(blazon, '/privacy')
    const rows = [...privacy.matchAll(/^\| (.+) \| (.+) \| (.+) \|$/gm)]
    t.equal(rows.length, 3)
    for (const [, ...cells] of rows)
      t.match(body, new RegExp(cells.map((cell) => `>${cell}</t[hd]>`).join('<t[hd][^>]*')))
    for (const address of Object.values(examples[0]?.privacy ?? {}))
      t.match(body, `<a href="${address}">`)
  },
)

t.test('the mistakes of docs/privacy-and-help.md are told in its words', async (t) => {
  const told = /^The programme in (\S+) [\s\S]*?(?=^```)/m.exec(page)
  const file = changedProgramme(t as Test, (programme) => {
    programme.privacy = { policy: 'http://northwind.example/privacy' }
    programme.help = { contact: { email: 'the desk' } }
  })
  const said = await readProgramme(file).then(() => '', explain)
  t.equal(said.replace(file, told?.[1] ?? ''), told?.[0].trim())
})
