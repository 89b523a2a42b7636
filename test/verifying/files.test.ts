import t, { type Test } from 'tap'
import type { Verdict } from '../../schemas/verdict.ts'
import { bakePng } from '../../src/baking/png.ts'
import { change, get, issue, passEvent, type Started, start } from '../help/start.ts'

async function verify({ app }: Started, type: string, payload: string | Buffer) {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/verify',
    headers: { 'content-type': type },
    payload,
  })
  t.equal(answer.statusCode, 200)
  return answer.json() as Verdict
}

t.test(
  'a picture is judged by all that it holds: a published assertion lends nothing to a forged credential beside it',
  async (t) => {
    const blazon = await start(t as Test)
    const badge = await issue(blazon)
    const plain = (await get(blazon, badge.links.image)).rawPayload
    const hosted = (await get(blazon, badge.links.assertion)).body
    const genuine = (await get(blazon, badge.links.credential)).body
    const forged = genuine.replaceAll('Northwind Cloud Practitioner', 'Northwind Cloud Wizard')
    t.equal(
      (
        await verify(
          blazon,
          'image/png',
          bakePng(plain, { openbadges: hosted, openbadgecredential: genuine }),
        )
      ).verdict,
      'valid',
    )
    t.equal(
      (
        await verify(
          blazon,
          'image/png',
          bakePng(plain, { openbadges: hosted, openbadgecredential: forged }),
        )
      ).verdict,
      'invalid',
    )
    const other = await issue(blazon, {
      resultId: 'R-2',
      candidate: { ...passEvent().candidate, id: 'C-2' },
    })
    const others = (await get(blazon, other.links.credential)).body
    t.equal(
      (
        await verify(
          blazon,
          'image/png',
          bakePng(plain, { openbadges: hosted, openbadgecredential: others }),
        )
      ).verdict,
      'invalid',
    )
  },
)

t.test(
  'nothing that the signature does not cover can stand in a valid credential or its proof',
  async (t) => {
    const blazon = await start(t as Test)
    const badge = await issue(blazon)
    const genuine = (await get(blazon, badge.links.credential)).body
    for (const [what, changed] of [
      ['a hidden name', genuine.replace('{', '{"__proto__":{"name":"Mallory"},')],
      [
        'a hidden subject',
        genuine.replace(
          '"credentialSubject":{',
          '"credentialSubject":{"__proto__":{"name":"Mallory"},',
        ),
      ],
      [
        'an index',
        genuine.replace('"credentialSubject":{', '"credentialSubject":{"@index":"Mallory",'),
      ],
      [
        'a context in the proof',
        genuine.replace('"proof":[{', '"proof":[{"@context":"https://example.com/c",'),
      ],
      [
        'a date in the proof',
        genuine.replace('"proof":[{', '"proof":[{"expires":"2030-01-01T00:00:00Z",'),
      ],
    ] as const) {
      t.not(changed, genuine)
      t.equal((await verify(blazon, 'application/json', changed)).verdict, 'invalid', what)
    }
  },
)

t.test('a changed copy of a revoked hosted assertion is never called the issuer’s', async (t) => {
  const blazon = await start(t as Test)
  const badge = await issue(blazon)
  const hosted = (await get(blazon, badge.links.assertion)).json()
  await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
  const { verdict, checks } = await verify(
    blazon,
    'application/json',
    JSON.stringify({ ...hosted, narrative: 'changed' }),
  )
  t.equal(verdict, 'revoked')
  t.notOk(checks.some(({ name }) => name === 'file'))
})

t.test('what strangers send is refused before it costs much', async (t) => {
  const blazon = await start(t as Test)
  const badge = await issue(blazon)
  const credential = (await get(blazon, badge.links.credential)).json()
  const many = {
    ...credential,
    evidence: Array.from({ length: 1600 }, () => ({ type: ['Evidence'] })),
  }
  t.not((await verify(blazon, 'application/json', JSON.stringify(many))).verdict, 'valid')
  const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`
  for (const inside of ['<g/>'.repeat(1_000_000), '<![CDATA[x]]>'.repeat(300_000)]) {
    const { verdict, checks } = await verify(blazon, 'image/svg+xml', svg(inside))
    t.equal(verdict, 'invalid')
    t.match(checks[0]?.reason, /more than 50000 tags/)
  }
})

t.test(
  'an address is verified as JSON and as text, and an operator’s page checks what the operator sees',
  async (t) => {
    const blazon = await start(t as Test)
    const badge = await issue(blazon)
    t.equal((await verify(blazon, 'text/plain', badge.links.page)).verdict, 'valid')
    await change(blazon, badge.id, 'privacy', { visibility: 'private' })
    t.equal((await verify(blazon, 'text/plain', badge.links.page)).verdict, 'could-not-check')
    const page = await get(blazon, `${badge.links.page}?check=now`, blazon.auth)
    t.equal(page.statusCode, 200)
    t.notMatch(page.body, /We cannot confirm/)
  },
)
