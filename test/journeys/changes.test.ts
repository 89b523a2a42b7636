import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { get, issue, passEvent, post, type Started, start } from '../help/start.ts'

// One test a row of the table of changes (programme rules, part 5).
const candidate = passEvent().candidate

async function verdict(blazon: Started, credential: string) {
  const answer = await blazon.app.inject({
    method: 'POST',
    url: '/v1/verify',
    headers: { 'content-type': 'application/json' },
    payload: credential,
  })
  return (answer.json() as { verdict: string }).verdict
}

const mails = async ({ tools }: Started, badge: string) =>
  (
    await tools.db
      .selectFrom('job')
      .select('key')
      .where('key', 'like', `mail:${badge}:%`)
      .where('key', 'not like', '%:expires-%')
      .where('key', 'not like', '%:claim-%')
      .orderBy('key')
      .execute()
  ).map(({ key }) => key.split(':')[2])

onEachDatabase(
  t,
  'a failure that is re-scored to a pass is minted with the day of the exam',
  async (t, database) => {
    const blazon = await start(t, { database })
    await post(
      blazon,
      passEvent({
        outcome: 'failed',
        endedAt: '2026-11-01T10:00:00+08:00',
        startedAt: '2026-11-01T09:00:00+08:00',
      }),
    )
    const answer = await post(
      blazon,
      passEvent({
        revision: 2,
        endedAt: '2026-11-01T10:00:00+08:00',
        startedAt: '2026-11-01T09:00:00+08:00',
      }),
    )
    t.match(answer, {
      status: 201,
      body: { badge: { earnedOn: '2026-11-01', expiresOn: '2028-11-01' } },
    })
  },
)

for (const outcome of ['failed', 'invalidated'])
  onEachDatabase(
    t,
    `a pass that becomes ${outcome} is withdrawn in public and in the lists, and its holder is told`,
    async (t, database) => {
      const blazon = await start(t, { database })
      const badge = await issue(blazon)
      const file = (await get(blazon, badge.links.credential)).body
      t.match((await post(blazon, passEvent({ revision: 2, outcome }))).body, {
        badge: { state: 'revoked' },
      })
      t.match((await get(blazon, `${badge.links.page}.json`)).json(), {
        status: 'revoked',
        reason: 'withdrawn',
      })
      t.equal(await verdict(blazon, file), 'revoked')
      t.same(await mails(blazon, badge.id), ['earned', 'revoked'])
    },
  )

onEachDatabase(
  t,
  'a pass under review is suspended, and lifted when it is a pass again; held, it is suspended too',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const asked = [{ outcome: 'under-review' }, {}, { released: false }, {}]
    const states = ['suspended', 'valid', 'suspended', 'valid']
    for (const [index, facts] of asked.entries()) {
      const { body } = await post(blazon, passEvent({ revision: index + 2, ...facts }))
      t.match(body.badge, { id: badge.id, state: states[index] })
    }
  },
)

onEachDatabase(
  t,
  'an under-review that overtakes its pass leaves the same suspended badge',
  async (t, database) => {
    const blazon = await start(t, { database })
    t.notOk((await post(blazon, passEvent({ revision: 2, outcome: 'under-review' }))).body.badge)
    const late = await post(blazon, passEvent())
    t.match(late, {
      status: 200,
      body: { result: { state: 'outdated' }, badge: { state: 'suspended' } },
    })
  },
)

onEachDatabase(
  t,
  'a corrected name shows at the same address, and the credential, which names nobody, stays',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const file = (await get(blazon, badge.links.credential)).body
    const { body } = await post(
      blazon,
      passEvent({ revision: 2, candidate: { ...candidate, fullName: '張偉' } }),
    )
    t.match(body.badge, { id: badge.id, certificationNumber: badge.certificationNumber })
    t.match((await get(blazon, badge.links.page)).body, '張偉')
    t.equal((await get(blazon, badge.links.credential)).body, file)
  },
)

onEachDatabase(
  t,
  'a corrected date re-issues: same page, number and hosted address, new credential; the old one is revoked as corrected',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const old = (await get(blazon, badge.links.credential)).body
    await get(blazon, badge.links.assertionJws)
    const moved = { startedAt: '2026-11-20T09:00:00+08:00', endedAt: '2026-11-20T10:00:00+08:00' }
    const { status, body } = await post(blazon, passEvent({ revision: 2, ...moved }))
    t.equal(status, 200)
    t.match(body.badge, {
      id: badge.id,
      earnedOn: '2026-11-20',
      expiresOn: '2028-11-20',
      links: badge.links,
      certificationNumber: badge.certificationNumber,
    })
    const fresh = (await get(blazon, badge.links.credential)).body
    t.equal(await verdict(blazon, fresh), 'valid')
    t.equal(await verdict(blazon, old), 'revoked')
    const [was, is] = [JSON.parse(old), JSON.parse(fresh)]
    t.not(is.id, was.id)
    t.not(is.credentialStatus.id, was.credentialStatus.id)
    t.equal(is.validUntil, '2028-11-20T15:59:59Z')
    t.match((await get(blazon, badge.links.assertion)).json(), { expires: is.validUntil })
    t.match((await get(blazon, '/ob2/rsa-1/revocations')).json().revokedAssertions[0], {
      revocationReason: 'corrected',
    })
    t.same(await mails(blazon, badge.id), ['corrected', 'earned'])
  },
)

onEachDatabase(
  t,
  'a changed e-mail address is written down, and nothing is issued anew',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const file = (await get(blazon, badge.links.credential)).body
    await post(
      blazon,
      passEvent({ revision: 2, candidate: { ...candidate, email: ' New@Example.com' } }),
    )
    t.equal((await get(blazon, badge.links.credential)).body, file)
    const rows = await blazon.tools.db.selectFrom('candidate').select('email').execute()
    t.same(rows, [{ email: 'new@example.com' }])
  },
)
