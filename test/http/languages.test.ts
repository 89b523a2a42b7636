import { globSync, readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { languagesOf } from '../../src/words/languages.ts'
import { english } from '../../src/words/words.ts'
import { get, issue, start } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'

const sources = globSync('src/**/*.ts').map((file) => readFileSync(file, 'utf8'))

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

t.test(
  'what goes wrong is told in the reader’s language, and to programs in English',
  async (t) => {
    const blazon = await start(t as Test)
    const chinese = { 'accept-language': 'zh-CN' }
    const zhang = visitor(blazon, undefined, chinese)
    const nothing = await zhang.get('/nothing')
    t.match(nothing.body, '<title>未找到（404）</title>')
    t.match(nothing.body, '此网址没有任何内容。')
    await zhang.get('/sign-in')
    const old = await zhang.post('/sign-in', { email: 'zhang.wei@example.com', form: 'old' })
    t.equal(old.status, 403)
    t.match(old.body, '此表单并非从所属页面提交')
    const ask = async (email = 'zhang.wei@example.com') => {
      await zhang.get('/sign-in')
      return zhang.send('/sign-in', { email })
    }
    t.match((await ask('x'.repeat(255))).body, '<h1>填写的内容有误</h1>')
    for (let asked = 0; asked < 10; asked += 1) await ask()
    t.match((await ask()).body, /请在\d+分钟后再试。/)
    t.match((await get(blazon, '/nothing')).json().detail, 'There is nothing at this address.')
  },
)

t.test(
  'a candidate who chose a language reads problems in it, whatever the browser prefers',
  async (t) => {
    const blazon = await start(t as Test)
    const somebody = visitor(blazon)
    await somebody.get('/sign-in?lang=zh-CN')
    t.match((await somebody.get('/nothing')).body, '此网址没有任何内容。')
  },
)

t.test('every message that a problem names is in the catalogue', (t) => {
  const words = sources.flatMap((source) =>
    [...source.matchAll(/word: '((?:problem|my)\.[\w.-]+)'/g)].map(([, word = '']) => word),
  )
  t.ok(words.length > 8)
  t.same(
    words.filter((word) => !english.all.includes(word as never)),
    [],
  )
  t.end()
})
