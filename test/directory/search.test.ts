import t, { type Test } from 'tap'
import { lastPage } from '../../src/domain/badge/directory.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { change, get, issue, type Started, start } from '../help/start.ts'

const day = (at: number) => `2026-11-${String(at).padStart(2, '0')}T09:00:00+08:00`

/** A badge that may be found, earned on a day of November 2026. */
async function earn(blazon: Started, fullName: string, at: number, changes: object = {}) {
  const id = `${fullName} ${at} ${JSON.stringify(changes)}`
  const candidate = { id, fullName, latinName: null, email: `c${at}@example.com` }
  const { latinName: _, ...named } = candidate
  const badge = await issue(blazon, {
    resultId: id,
    candidate: named,
    startedAt: undefined,
    endedAt: day(at),
    ...changes,
  })
  return change(blazon, badge.id, 'privacy', { discoverable: true, nameDisplay: 'full' })
}

type Item = { title: string; url: string }

async function feed(blazon: Started, query: Record<string, string> = {}) {
  const answer = await get(blazon, `/directory/feed.json?${new URLSearchParams(query)}`)
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json() as { items: Item[]; next_url?: string }
}

const named = (items: Item[]) => items.map(({ title }) => title.split(' · ')[0])

const people = {
  'Maria Ferreira': ['maria', 'MARIA  FERR', 'ferreira maria', 'fer', 'máría'],
  'Łukasz Żółć-Nowak': ['lukasz', 'zolc', 'nowak', 'Żółć Nowak', 'zolc-now'],
  张伟: ['张', '伟', '张伟'],
  'محمد بن عبد الله آل سعود': ['محمد', 'عبد الله'],
  'Κώστας Παπαδόπουλος': ['κωστας', 'ΠΑΠΑ'],
  'สมชาย ใจดี': ['สมชาย', 'ชาย', 'ใจดี'],
  'Weiß O’Neill': ['weiss', 'neill', 'o neill'],
  'प्रिया शर्मा': ['प्रिया', 'शर्मा'],
}

onEachDatabase(
  t,
  'a name is found by the beginning of any of its words, however it is written, and by nothing inside a word',
  async (t: Test, database: Database) => {
    const blazon = await start(t, { database })
    let at = 0
    for (const name of Object.keys(people)) await earn(blazon, name, ++at)
    for (const [name, texts] of Object.entries(people))
      for (const q of texts) t.same(named((await feed(blazon, { q })).items), [name], q)
    for (const q of ['aria', 'ferreira lukasz', 'maria x', "' or 1=1 --", 'n:maria', 'a:'])
      t.same(named((await feed(blazon, { q })).items), [], q)
    for (const q of ['', '   ', '\u0000', '…', '-', '%', '_', '\\'])
      t.equal(
        (await feed(blazon, { q })).items.length,
        at,
        `nothing is asked by ${JSON.stringify(q)}`,
      )
  },
)

onEachDatabase(
  t,
  'certification and level narrow a search, a text may be a certification, and each badge is found once, the newest first',
  async (t: Test, database: Database) => {
    const blazon = await start(t, { database })
    await earn(blazon, 'Maria Marini', 1)
    await earn(blazon, 'Marian Cloud', 2, { exam: 'PR000002' })
    await earn(blazon, 'Ada Mar', 3, { exam: 'PR000003' })
    const find = async (query: Record<string, string>) => named((await feed(blazon, query)).items)
    t.same(await find({}), ['Ada Mar', 'Marian Cloud', 'Maria Marini'])
    t.same(new Set(await find({ q: 'mar' })), new Set(['Ada Mar', 'Marian Cloud', 'Maria Marini']))
    t.same((await find({ q: 'mar' })).length, 3)
    t.same(await find({ level: 'associate' }), ['Marian Cloud'])
    t.same(await find({ achievement: 'practitioner' }), ['Maria Marini'])
    t.same(await find({ achievement: 'practitioner', level: 'associate' }), [])
    t.same(await find({ q: 'mar', level: 'professional' }), ['Ada Mar'])
    t.same(await find({ q: 'architect' }), ['Marian Cloud', 'Ada Mar'])
    t.same((await find({ q: 'cloud' })).length, 3, 'by name or certification, once')
    t.same(await find({ q: 'cloud', achievement: 'practitioner' }), ['Maria Marini'])
    for (const odd of ['nothing', '__proto__', '*', "'"])
      t.same(await find({ achievement: odd }), [], odd)
  },
)

onEachDatabase(
  t,
  'pages of twenty follow each other to the end, none twice',
  async (t: Test, database: Database) => {
    const blazon = await start(t, { database })
    for (let count = 0; count < 45; count += 1) await earn(blazon, `Ada ${count}`, 1 + (count % 20))
    for (const query of ['', 'q=ada', 'level=practitioner', 'q=practitioner']) {
      const seen: string[] = []
      let next: string | undefined = `/directory/feed.json?${query}`
      const sizes = []
      while (next) {
        const page = (await get(blazon, next)).json() as Awaited<ReturnType<typeof feed>>
        sizes.push(page.items.length)
        seen.push(...page.items.map(({ url }) => url))
        next = page.next_url
      }
      t.same(sizes, [20, 20, 5], query)
      t.equal(new Set(seen).size, 45, query)
      const html = (await get(blazon, `/directory?${query}&page=2`)).body
      t.same(
        html.match(/(?<=href="\/b\/)[\w-]{22}/g),
        seen.slice(20, 40).map((url) => url.split('/').at(-1)),
      )
      t.match(html, /rel="prev"[\s\S]*rel="next"/)
    }
    t.match((await get(blazon, '/directory?page=4')).body, 'Nothing is found by this')
  },
)

t.test(
  'the directory is a form without script, whose first page alone is for search engines',
  async (t) => {
    const blazon = await start(t as Test)
    await earn(blazon, 'Maria Ferreira', 1)
    const first = await get(blazon, '/directory')
    t.equal(first.headers['x-robots-tag'], undefined)
    t.notMatch(first.body, /<script|name="robots"/)
    t.match(first.body, '<form class="search" method="get" action="/directory" role="search">')
    t.match(
      first.body,
      /<link rel="alternate" type="application\/feed\+json" href="\/directory\/feed\.json"/,
    )
    const asked = await get(
      blazon,
      '/directory?q=%22%3E%3Cscript%3Emaria&achievement=practitioner&level=&page=1',
    )
    t.equal(asked.headers['x-robots-tag'], 'noindex')
    t.match(asked.body, 'value="&quot;&gt;&lt;script&gt;maria"')
    t.match(asked.body, '<option value="practitioner" selected>')
    t.match(
      asked.body,
      'href="/directory/feed.json?q=%22%3E%3Cscript%3Emaria&amp;achievement=practitioner"',
    )
    for (const page of ['/', '/my/badges'])
      if (page === '/') t.match((await get(blazon, page)).body, 'href="/directory"')
  },
)

t.test('a text that finds more than a hundred pages is to be made longer', (t) => {
  const search = { achievement: '', level: '', page: 1 }
  t.equal(lastPage({ ...search, text: 'a' }), 100)
  t.equal(lastPage({ ...search, text: '' }), 500)
  t.end()
})
