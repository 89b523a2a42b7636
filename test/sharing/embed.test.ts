import t, { type Test } from 'tap'
import { languagesOf } from '../../src/words/languages.ts'
import { change, get, issue, start } from '../help/start.ts'

t.test('only what is made for other sites may be framed by them', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const slug = links.page.split('/').at(-1)
  for (const address of [`/embed/${slug}`, '/embed/AAAAAAAAAAAAAAAAAAAAAA', '/embed/x']) {
    const { headers } = await get(blazon, address)
    t.equal(headers['x-frame-options'], undefined, address)
    const policy = String(headers['content-security-policy'])
    t.match(policy, /^default-src 'none'; .*frame-ancestors \*$/)
    t.notMatch(policy, /script-src|unsafe|data:/)
  }
  for (const address of [links.page, `${links.page}/card.png`, '/', '/sign-in', '/embed']) {
    const { headers } = await get(blazon, address)
    t.equal(headers['x-frame-options'], 'DENY', address)
    t.match(headers['content-security-policy'], "frame-ancestors 'none'", address)
  }
})

t.test(
  'what is framed runs nothing, sends nothing, and leads to the page in a tab of its own',
  async (t) => {
    const blazon = await start(t as Test)
    const { links } = await issue(blazon, {
      candidate: { id: 'C-1', fullName: '<b>"Ada"</b>', email: 'ada@example.com' },
    })
    const { body, headers } = await get(blazon, `/embed/${links.page.split('/').at(-1)}`)
    t.notMatch(body, /<script|<form|\sstyle=|\son\w+=|<b>/i)
    t.match(body, `<a href="${links.page}" target="_blank" rel="noopener">`)
    t.match(body, '<bdi>&lt;b&gt;&quot;Ada&quot;&lt;/b&gt;</bdi>')
    t.match(headers['x-robots-tag'], 'noindex')
  },
)

t.test(
  'what is framed in another language marks the programme’s own words as English',
  async (t) => {
    const blazon = await start(t as Test)
    const { id, links } = await issue(blazon)
    const heading = async (lang: string) => {
      const { body } = await get(blazon, `/embed/${links.page.split('/').at(-1)}?lang=${lang}`)
      return /<h1>(.*)<\/h1>/.exec(body)?.[1]
    }
    const name = 'Northwind Cloud Practitioner'
    for (const state of ['valid', 'withdrawn']) {
      t.equal(await heading('en'), name, state)
      for (const { lang } of languagesOf('badge').filter((words) => words.lang !== 'en'))
        t.equal(await heading(lang), `<bdi lang="en">${name}</bdi>`, `${state}, ${lang}`)
      if (state === 'valid') await change(blazon, id, 'revoke', { class: 'withdrawn' })
    }
  },
)
