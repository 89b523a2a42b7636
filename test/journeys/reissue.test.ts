import { gunzipSync } from 'node:zlib'
import t from 'tap'
import { splitJws } from '../conformance/served.ts'
import { onEachDatabase } from '../help/databases.ts'
import { get, issue, passEvent, post, type Started, start } from '../help/start.ts'

const moved = {
  startedAt: '2026-11-20T09:00:00+08:00',
  endedAt: '2026-11-20T10:00:00.999+08:00',
}

/** Every instant that the forms of a badge say it begins at, and when its proof was made. */
async function instants(blazon: Started, links: Record<string, string>) {
  const body = async (address = '') => (await get(blazon, address)).body
  const credential = JSON.parse(await body(links.credential))
  const jwt = splitJws(await body(links.credentialJwt)).payload
  const hosted = JSON.parse(await body(links.assertion))
  const signed = splitJws(await body(links.assertionJws)).payload
  const begins = [
    credential.validFrom,
    credential.awardedDate,
    jwt.validFrom,
    jwt.awardedDate,
    new Date(jwt.nbf * 1000).toISOString().replace('.000Z', 'Z'),
    hosted.issuedOn,
    signed.issuedOn,
  ]
  const [proof] = [credential.proof].flat()
  return { begins: [...new Set(begins)], created: proof.created as string }
}

onEachDatabase(
  t,
  'every form begins with the end of the attempt, cut to whole seconds, issued anew too; its proof is of the time it was made',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { links } = await issue(blazon, { endedAt: '2026-11-22T10:12:00.999+08:00' })
    t.same(await instants(blazon, links), {
      begins: ['2026-11-22T02:12:00Z'],
      created: '2026-11-22T04:00:00Z',
    })
    blazon.clock.set('2026-12-24T18:00:00.000Z')
    await post(blazon, passEvent({ revision: 2, ...moved }))
    t.same(await instants(blazon, links), {
      begins: ['2026-11-20T02:00:00Z'],
      created: '2026-12-24T18:00:00Z',
    })
  },
)

onEachDatabase(
  t,
  'a corrected score is issued anew only where scores are shown',
  async (t, database) => {
    const blazon = await start(t, { database })
    for (const [exam, anew] of [
      ['PR000001', false],
      ['PR000003', true],
    ] as const) {
      const facts = { resultId: exam, exam }
      const { id, links } = await issue(blazon, facts)
      const before = (await get(blazon, links.credential)).body
      const { body } = await post(blazon, passEvent({ ...facts, revision: 2, score: '900' }))
      t.match(body.badge, { id, state: 'valid' })
      const after = (await get(blazon, links.credential)).body
      t.equal(after !== before, anew, exam)
      t.equal(after.includes('"900"'), anew, exam)
    }
  },
)

onEachDatabase(
  t,
  'another exam ends the badge and earns the other; the two share nothing',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const other = await post(blazon, passEvent({ revision: 2, exam: 'PR000002' }))
    t.match(other, {
      status: 201,
      body: { badge: { state: 'valid', achievement: 'solutions-architect-associate' } },
    })
    t.not(other.body.badge?.certificationNumber, badge.certificationNumber)
    t.match((await get(blazon, `${badge.links.page}.json`)).json(), { status: 'revoked' })
  },
)

onEachDatabase(
  t,
  'what a result takes back is in the status list and the revocation list in the same moment',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { links } = await issue(blazon)
    await get(blazon, links.assertionJws)
    const { credentialStatus } = (await get(blazon, links.credential)).json()
    const isRevoked = async () => {
      const list = (await get(blazon, credentialStatus.statusListCredential)).json()
      const { encodedList } = list.credentialSubject
      const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'))
      const place = Number(credentialStatus.statusListIndex)
      return ((bits[place >> 3] ?? 0) >> (7 - (place & 7))) & 1
    }
    t.equal(await isRevoked(), 0)
    await post(blazon, passEvent({ revision: 2, outcome: 'under-review' }))
    t.equal(await isRevoked(), 0, 'files carry revocation only')
    await post(blazon, passEvent({ revision: 3, outcome: 'failed' }))
    t.equal(await isRevoked(), 1)
    t.match((await get(blazon, '/ob2/rsa-1/revocations')).json().revokedAssertions, [
      { revocationReason: 'withdrawn' },
    ])
  },
)
