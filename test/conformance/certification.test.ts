import t from 'tap'
import { change, get, issue, start } from '../help/start.ts'
import { judgeLikeJava } from './java-validator.ts'
import { judgeLikePython } from './python-validator.ts'
import { readForms, splitJws } from './served.ts'

const blazon = await start(t)
const email = 'conformance@imsglobal.org'
const candidate = { id: 'C-1EdTech', fullName: 'Conformance', email }
const badge = await issue(blazon, { candidate })
const forms = await readForms(blazon, badge)
const now = blazon.clock.now()

t.test(
  '7.1 a badge for the certifiers is baked, valid, theirs, and to be had by them',
  async (t) => {
    t.same(await judgeLikePython(blazon, { url: badge.links.assertion }, { now, email }), [])
    t.same(await judgeLikePython(blazon, { jws: forms.jws }, { now, email }), [])
    const page = await get(blazon, badge.links.page, { accept: 'text/html' })
    for (const link of [badge.links.bakedPng, badge.links.credential])
      t.ok(page.body.includes(new URL(link).pathname), `the page leads to ${link}`)
  },
)

t.test('7.2 the badge’s page shows what a displayer must, and starts a verification', async (t) => {
  const page = (await get(blazon, badge.links.page, { accept: 'text/html' })).body
  for (const words of [
    'Northwind Cloud Practitioner',
    'Understands what the cloud is for',
    'Northwind Cloud Certification',
    '22 November 2026',
    'Valid',
    '/picture',
    'name="check" value="now"',
  ])
    t.ok(page.includes(words), words)
  const checked = await get(blazon, `${badge.links.page}?check=now`, { accept: 'text/html' })
  t.match(checked.body, /signature/i)
  const other = await issue(blazon, { resultId: 'R-2', startedAt: '2026-11-20T09:00:00Z' })
  await change(blazon, other.id, 'revoke', { class: 'withdrawn' })
  t.equal((await get(blazon, other.links.page, { accept: 'text/html' })).statusCode, 410)
})

t.test('15.1 the OB 3.0 badge for the certifiers passes every probe in every form', async (t) => {
  for (const input of [
    { text: forms.credential },
    { text: forms.jwt },
    { png: forms.png },
    { svg: forms.svg },
  ])
    t.same(await judgeLikeJava(blazon, input, now), [])
  t.equal(JSON.parse(forms.credential).proof[0].cryptosuite, 'eddsa-rdfc-2022')
  const { recipient } = splitJws(forms.jws).payload
  const [identifier] = JSON.parse(forms.credential).credentialSubject.identifier
  t.equal(identifier.identityHash, recipient.identity)
})
