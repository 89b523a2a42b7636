import t, { type Test } from 'tap'
import { languagesOf } from '../../src/words/languages.ts'
import { english } from '../../src/words/words.ts'
import { get, issue, start } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'

t.test('a page is in the reader’s language, or in the one that its address asks for', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon, {})
  for (const words of languagesOf('badge')) {
    const tag = new RegExp(`<html lang="${words.lang}" dir="${words.dir}">`)
    const said = words.say('badge.number')
    for (const address of [links.page, `${links.page}?lang=${words.lang}`]) {
      const asked = address.includes('?') ? 'xx' : `xx, ${words.lang};q=0.5, en;q=0.1`
      const page = await get(blazon, address, { accept: 'text/html', 'accept-language': asked })
      t.match(page.body, tag, address)
      t.ok(page.body.includes(said), address)
      t.match(page.headers.vary, /Accept-Language/)
      t.equal(page.headers['set-cookie'], undefined, 'a public page sets no cookie')
    }
  }
})

t.test(
  'a language that nobody speaks here is none, and a hidden badge tells nothing by it',
  async (t) => {
    const blazon = await start(t as Test)
    const { links } = await issue(blazon, { visibility: 'private' })
    for (const lang of ['', '?lang=xx', '?lang=en', '?lang=en&lang=en', '?lang[]=en']) {
      const ask = (page: string) => get(blazon, `${page}${lang}`, { accept: 'text/html' })
      const hidden = await ask(links.page)
      const none = await ask('/b/AAAAAAAAAAAAAAAAAAAAAA')
      t.same([hidden.statusCode, hidden.body], [404, none.body], lang)
      t.match(hidden.body, `<html lang="${english.lang}"`)
    }
  },
)

t.test('the pages of candidates remember the language that was chosen', async (t) => {
  const blazon = await start(t as Test)
  for (const words of languagesOf('claim')) {
    const somebody = visitor(blazon)
    const first = await somebody.get(`/sign-in?lang=${words.lang}`)
    t.match(
      String(first.headers['set-cookie']),
      new RegExp(
        `__Host-blazon-language=${words.lang}; Max-Age=31536000; Path=/; HttpOnly; Secure`,
      ),
    )
    t.match((await somebody.get('/sign-in')).body, `<html lang="${words.lang}"`)
  }
})
