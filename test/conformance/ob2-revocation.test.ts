import t, { type Test } from 'tap'
import { change, get, issue, start } from '../help/start.ts'
import { judgeLikePython } from './python-validator.ts'
import { read, readForms, splitJws } from './served.ts'

const blazon = await start(t)
const badge = await issue(blazon)
const { assertion, jws } = await readForms(blazon, badge)
const list = '/ob2/rsa-1/revocations'
const before = await get(blazon, list)
const unsigned = await issue(blazon, { resultId: 'R-2', startedAt: '2026-11-20T09:00:00Z' })
await change(blazon, badge.id, 'revoke', { class: 'corrected', note: 'kept inside' })

t.test('4.1 a revoked hosted assertion answers 410 and says so', async (t) => {
  const answer = await get(blazon, assertion.id)
  t.equal(answer.statusCode, 410)
  t.equal(answer.json().id, assertion.id)
  t.equal(answer.json().revoked, true)
})

t.test(
  '4.2 nothing else of the assertion is left, so that its validity cannot be read',
  async (t) => {
    const left = (await get(blazon, assertion.id)).json()
    const allowed = ['@context', 'type', 'id', 'revoked', 'revocationReason']
    t.same(
      Object.keys(left).filter((name) => !allowed.includes(name)),
      [],
    )
    const now = blazon.clock.now()
    t.match(await judgeLikePython(blazon, { url: assertion.id }, { now }), [
      'Assertion lacks recipient',
    ])
  },
)

t.test('4.3 its page says so too, with 410', async (t) => {
  for (const address of [assertion.id, badge.links.page]) {
    const page = await get(blazon, address, { accept: 'text/html' })
    t.equal(page.statusCode, 410)
    t.match(page.headers['content-type'], 'text/html')
    t.match(page.body, /no longer valid/i)
    t.notMatch(page.body, /张伟|Zhang Wei|kept inside/)
  }
})

t.test('4.4 the revocation list of the key names the signed assertion', async (t) => {
  const document = await read(blazon, list)
  t.equal(document.type, 'RevocationList')
  t.equal(document['@context'], 'https://w3id.org/openbadges/v2')
  t.equal(document.issuer, (await read(blazon, '/ob2/rsa-1/issuer')).id)
  t.equal((await read(blazon, document.issuer)).revocationList, document.id)
  const entry = document.revokedAssertions.find(
    ({ id }: { id: string }) => id === splitJws(jws).payload.id,
  )
  t.equal(entry.revocationReason, 'corrected')
  t.notMatch(JSON.stringify(document), /kept inside/)
})

t.test('4.5 a list never has just one entry, so that validators honour it', async (t) => {
  t.same(before.json().revokedAssertions, [], 'empty before')
  const { revokedAssertions } = await read(blazon, list)
  t.equal(revokedAssertions.length, 2, 'one revoked badge, and an id that is never issued')
  t.same(await judgeLikePython(blazon, { jws }, { now: blazon.clock.now() }), [
    'the assertion is revoked',
  ])
  const other = await readForms(blazon, unsigned)
  await change(blazon, unsigned.id, 'revoke', { class: 'withdrawn' })
  const both = (await read(blazon, list)).revokedAssertions
  t.equal(both.length, 2, 'two revoked badges need no company')
  t.same(
    both.map(({ id }: { id: string }) => id).sort(),
    [splitJws(jws).payload.id, splitJws(other.jws).payload.id].sort(),
  )
})

t.test(
  '4.6 the list answers 200 before anything is revoked, and may be kept for minutes',
  async (t) => {
    for (const { statusCode, headers } of [before, await get(blazon, list)]) {
      t.equal(statusCode, 200)
      const seconds = Number(/max-age=(\d+)/.exec(String(headers['cache-control']))?.[1])
      t.ok(seconds > 0 && seconds <= 900, String(headers['cache-control']))
    }
    t.not(before.headers.etag, (await get(blazon, list)).headers.etag)
  },
)

t.test('4.7 an expired badge is expired, and not revoked', async (t) => {
  const other = await start(t as Test)
  const expired = await issue(other)
  const forms = await readForms(other, expired)
  other.clock.set('2028-11-22T16:00:00Z')
  const now = other.clock.now()
  t.same(await judgeLikePython(other, { url: forms.assertion.id }, { now }), ['expired'])
  t.same(await judgeLikePython(other, { jws: forms.jws }, { now }), ['expired'])
  const page = await get(other, expired.links.page, { accept: 'text/html' })
  t.equal(page.statusCode, 200)
  t.match(page.body, /Expired/)
  t.notMatch(page.body, /no longer valid|revoked/i)
})
