import t, { type Test } from 'tap'
import { listSitemap, listSitemapPart } from '../../src/actions/showing/list-sitemap.ts'
import { onEachDatabase } from '../help/databases.ts'
import { owner, profile } from '../help/profile.ts'
import { change, get, issue, start } from '../help/start.ts'

t.test('robots are shown the sitemap, and kept from what is for people alone', async (t) => {
  const blazon = await start(t as Test)
  const { body } = await get(blazon, '/robots.txt')
  t.equal(
    body,
    'User-agent: *\nDisallow: /my\nDisallow: /claim\nDisallow: /sign-in\nDisallow: /address\nDisallow: /v1\n\nSitemap: https://badges.example.test/sitemap.xml\n',
  )
})

onEachDatabase(
  t,
  'the sitemap has home, help, directory, what can be earned, and what may be found; beyond its size it is a list of lists that together have the same',
  async (t, database) => {
    const blazon = await start(t, { database })
    const pages: string[] = []
    for (const id of ['one', 'two', 'three']) {
      const candidate = { id, fullName: id, email: `${id}@example.com` }
      const badge = await issue(blazon, { resultId: id, candidate })
      await change(blazon, badge.id, 'privacy', { discoverable: true })
      pages.push(badge.links.page)
      const { accountId } = await owner(blazon, candidate.email)
      await profile(blazon, accountId, { handle: id, discoverable: true })
    }
    const at = (path: string) => `https://badges.example.test${path}`
    const site = [
      '/',
      '/help',
      '/directory',
      ...['practitioner', 'solutions-architect-associate', 'solutions-architect-professional'].map(
        (id) => `/ob3/achievements/${id}/1`,
      ),
    ].map(at)
    const all = [...site, ...['one', 'two', 'three'].map((handle) => at(`/u/${handle}`))]
    const { body } = await get(blazon, '/sitemap.xml')
    t.match(
      body,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<urlset xmlns="http:\/\/www\.sitemaps\.org\/schemas\/sitemap\/0\.9">/,
    )
    const locs = [...body.matchAll(/<url><loc>([^<]*)<\/loc><\/url>/g)].map(([, loc = '']) => loc)
    t.same(locs.slice(0, all.length), all)
    t.same(locs.slice(all.length).toSorted(), pages.toSorted())

    const index = await listSitemap(blazon.tools, 2)
    t.same(index, {
      kind: 'lists',
      addresses: ['site', 'profiles-1', 'profiles-2', 'badges-1', 'badges-2'].map((part) =>
        at(`/sitemaps/${part}.xml`),
      ),
    })
    const parts = []
    for (const address of index.addresses) {
      const part = await listSitemapPart(
        blazon.tools,
        address.split('/').at(-1)?.slice(0, -4) ?? '',
        2,
      )
      parts.push(...(part?.addresses ?? []))
    }
    t.same(parts.toSorted(), locs.toSorted())
    t.equal(new Set(parts).size, parts.length)
    t.equal(await listSitemapPart(blazon.tools, 'badges-3', 2), undefined)
    for (const address of locs) t.equal((await get(blazon, address)).statusCode, 200, address)
  },
)
