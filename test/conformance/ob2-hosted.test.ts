import t, { type Test } from 'tap'
import { change, get, issue, publicUrl, type Started, start } from '../help/start.ts'
import { judgeLikePython } from './python-validator.ts'
import { type Json, objectsIn, pythonAccept, read, readForms, readOb2, splitJws } from './served.ts'

const blazon = await start(t)
const badge = await issue(blazon)
const { assertion, jws, png } = await readForms(blazon, badge)
const { badgeClass, issuer, key, revocations } = await readOb2(blazon, assertion)
const withPage = [assertion, badgeClass, issuer].map(({ id }) => id)
const withoutPage = [key, revocations].map(({ id }) => id)
const addresses = [...withPage, ...withoutPage]

const typeAt = async (address: string, accept?: string) => {
  const answer = await get(blazon, address, accept === undefined ? {} : { accept })
  if (answer.statusCode !== 200) throw new Error(`${address} answers ${answer.statusCode}`)
  return String(answer.headers['content-type']).split(';')[0]
}

t.test(
  '2.1 JSON-LD by default, JSON to those who take only that, HTML where it outranks',
  async (t) => {
    for (const address of addresses) {
      t.equal(await typeAt(address, 'application/ld+json'), 'application/ld+json')
      t.equal(await typeAt(address, 'application/json'), 'application/json')
      t.equal(await typeAt(address, 'application/json, text/html;q=0.9'), 'application/json')
      t.equal(await typeAt(address, 'text/html, application/ld+json'), 'application/ld+json')
    }
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    for (const address of withPage) t.equal(await typeAt(address, browser), 'text/html')
    for (const address of withoutPage)
      t.equal(await typeAt(address, browser), 'application/ld+json', 'no page to show')
  },
)

t.test('2.2 objects answer JSON and images PNG to what the official validator asks', async (t) => {
  for (const address of addresses)
    t.equal(await typeAt(address, pythonAccept), 'application/ld+json')
  t.equal(await typeAt(badgeClass.image, pythonAccept), 'image/png')
  t.equal(await typeAt(badge.links.bakedPng, pythonAccept), 'image/png')
})

t.test(
  '2.2 2.5 the official validator’s rules find nothing wrong with what is served',
  async (t) => {
    const email = 'zhang.wei@example.com'
    const now = blazon.clock.now()
    t.same(await judgeLikePython(blazon, { url: assertion.id }, { now, email }), [])
    t.same(await judgeLikePython(blazon, { jws }, { now, email }), [])
    const someoneElse = { now, email: 'li.na@example.com' }
    t.same(await judgeLikePython(blazon, { url: assertion.id }, someoneElse), [
      'the recipient is somebody else',
    ])
  },
)

t.test('2.3 no Accept, or any type, gets JSON-LD; answers vary by Accept', async (t) => {
  for (const address of addresses) {
    t.equal(await typeAt(address), 'application/ld+json')
    t.equal(await typeAt(address, '*/*'), 'application/ld+json')
    t.match((await get(blazon, address)).headers.vary, /\bAccept\b/)
  }
})

t.test('2.4 a hosted assertion in hand is judged by the copy at its id', async (t) => {
  t.equal((await verdict(blazon, assertion)).verdict, 'valid')
  const longer = { ...assertion, expires: '2099-01-01T00:00:00Z' }
  t.equal((await verdict(blazon, longer)).verdict, 'invalid')
  const elsewhere = { ...assertion, id: 'https://elsewhere.example.test/ob2/assertions/1' }
  t.equal((await verdict(blazon, elsewhere)).verdict, 'could-not-check')
  const other = await issue(blazon, { resultId: 'R-2', startedAt: '2026-11-20T09:00:00Z' })
  const held = await read(blazon, other.links.assertion)
  await change(blazon, other.id, 'revoke', { class: 'withdrawn' })
  t.equal((await verdict(blazon, held)).verdict, 'revoked')
})

t.test('2.5 assertion, badge class and issuer are of one authority', async (t) => {
  for (const { id } of [assertion, badgeClass, issuer]) t.equal(new URL(id).origin, publicUrl)
  const withPort = await start(t as Test, {
    settings: { PUBLIC_URL: 'https://badges.example.test:8443' },
  })
  const forms = await readForms(withPort, await issue(withPort))
  const found = await readOb2(withPort, forms.assertion)
  for (const { id } of [forms.assertion, found.badgeClass, found.issuer])
    t.equal(new URL(id).host, 'badges.example.test:8443')
})

t.test('2.6 2.7 2.8 no scope is sent that could be misread', async (t) => {
  t.notOk('verification' in issuer, 'the authority alone decides')
  const served = objectsIn([assertion, badgeClass, issuer, key, splitJws(jws).payload])
  for (const object of served) t.notOk('startsWith' in object || 'allowedOrigins' in object)
})

t.test('2.9 any page on the web may read the documents', async (t) => {
  const credential = await read(blazon, badge.links.credential)
  const others = [
    '/.well-known/did.json',
    '/.well-known/jwks.json',
    '/keys/rsa-1',
    '/status/revoked',
    '/ob3/issuer',
    credential.credentialStatus.statusListCredential,
    credential.credentialSubject.achievement.id,
    badgeClass.image,
    ...Object.values(badge.links),
  ]
  for (const address of [...addresses, ...others]) {
    const { statusCode, headers } = await get(blazon, address, { origin: 'https://any.example' })
    t.equal(statusCode, 200, address)
    t.equal(headers['access-control-allow-origin'], '*', address)
  }
  const asked = await blazon.app.inject({
    method: 'OPTIONS',
    url: '/v1/verify',
    headers: { origin: 'https://any.example', 'access-control-request-method': 'POST' },
  })
  t.match(asked.headers['access-control-allow-methods'], /POST/)
  t.ok(png.length > 0)
})

async function verdict({ app }: Started, document: Json) {
  const answer = await app.inject({ method: 'POST', url: '/v1/verify', payload: document })
  return answer.json()
}
