import t, { type Test } from 'tap'
import { badgePage } from '../../src/pages/badge/badge-page.ts'
import { english } from '../../src/words/words.ts'
import { change, get, issue, start } from '../help/start.ts'
import * as views from '../pages/sample-views.ts'

const html = { accept: 'text/html' }
const block = /<script type="application\/ld\+json">([^<]*)<\/script>/
const dataOf = (page: string) => {
  const json = block.exec(page)?.[1]
  return json === undefined ? undefined : JSON.parse(json)
}

t.test('the page of an achievement says to machines what it says to people', async (t) => {
  const blazon = await start(t as Test)
  const { body } = await get(blazon, '/ob3/achievements/practitioner/1', html)
  const { achievements } = blazon.tools.programmes.current().programme
  const [practitioner] = achievements.filter(({ id }) => id === 'practitioner')
  const data = dataOf(body)
  t.match(data, {
    '@context': 'https://schema.org',
    '@type': 'EducationalOccupationalCredential',
    name: practitioner?.name,
    credentialCategory: 'certification',
    educationalLevel: 'Practitioner',
    validFor: 'P2Y',
    url: 'https://badges.example.test/ob3/achievements/practitioner/1',
    recognizedBy: { '@type': 'Organization', name: 'Northwind Cloud Certification' },
  })
  t.same(
    data.competencyRequired.map((term: { termCode: string }) => term.termCode),
    practitioner?.skills.map(({ code }) => code),
  )
  const main = /<main[^>]*>(.*)<\/main>/s.exec(body.replace(block, ''))?.[1] ?? ''
  const shows = (markup: string) => t.ok(main.includes(markup), markup)
  const { criteria, skills = [], prepare = [] } = practitioner ?? {}
  for (const paragraph of criteria?.narrative.split('\n\n') ?? []) shows(`<p>${paragraph}</p>`)
  shows(`<a href="${criteria?.url}">`)
  for (const { name, url, framework, code } of skills) {
    const item = main.split('<li>').find((each) => each.startsWith(`<a href="${url}">${name}</a>`))
    t.match(item, `From ${framework} · <span class="number">${code}</span>`, name)
  }
  for (const { title, url } of prepare) shows(`<a href="${url}">${title}</a>`)
  t.ok(skills.length > 0 && prepare.length > 0, 'the sample programme says both')
})

t.test(
  'machines are told of a holder only where the holder lets people find the badge',
  async (t) => {
    const blazon = await start(t as Test)
    const { id, links } = await issue(blazon)
    const seen = async () => get(blazon, links.page, html)
    t.equal(dataOf((await seen()).body), undefined)
    t.match((await seen()).headers['x-robots-tag'], 'noindex')
    await change(blazon, id, 'privacy', { discoverable: true })
    const found = await seen()
    t.equal(found.headers['x-robots-tag'], undefined)
    t.match(dataOf(found.body), {
      '@type': 'Person',
      name: '张伟',
      hasCredential: {
        url: links.page,
        validFrom: '2026-11-22',
        expires: '2028-11-22',
        identifier: /^NWC-/,
      },
    })
    t.notMatch(dataOf(found.body), { hasCredential: { validFor: /./ } })
    await change(blazon, id, 'privacy', { nameDisplay: 'hidden' })
    t.equal(dataOf((await seen()).body).name, undefined)
    await change(blazon, id, 'suspend')
    t.equal(dataOf((await seen()).body), undefined, 'not while it is under review')
    await change(blazon, id, 'reinstate')
    await change(blazon, id, 'privacy', { visibility: 'private' })
    t.equal(dataOf((await get(blazon, links.page, { ...html, ...blazon.auth })).body), undefined)
  },
)

t.test('a name cannot end the block of data that it is in', (t) => {
  const name = '</script><script>alert(1)</script><!--'
  const page = badgePage(
    { ...views.badge, indexable: true, holder: { name } },
    { checkedAt: views.checkedAt },
    english,
  )
  t.equal(dataOf(page).name, name)
  t.notMatch(page, '<script>')
  t.end()
})
