import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { decide, openItems } from '../help/review.ts'
import { issue, passEvent, post, type Started, start } from '../help/start.ts'

const { candidate } = passEvent()
const liNa = { id: candidate.id, fullName: 'Li Na', email: 'li.na@example.com' }
const herDay = { startedAt: '2026-11-20T09:00:00+08:00', endedAt: '2026-11-20T10:00:00+08:00' }
const hers = (more = {}) => passEvent({ revision: 2, candidate: liNa, ...herDay, ...more })

const mails = async ({ tools: { db } }: Started) =>
  (await db.selectFrom('job').select(['key', 'payload']).where('kind', '=', 'mail').execute())
    .length
const holder = async ({ tools: { db } }: Started) =>
  db
    .selectFrom('badge')
    .select(['full_name', 'earned_on', 'candidate_id'])
    .where('revoked_at', 'is', null)
    .execute()
const known = async ({ tools: { db } }: Started) =>
  db
    .selectFrom('candidate')
    .select(['candidate_id', 'full_name', 'email'])
    .orderBy('candidate_id')
    .execute()

for (const id of [candidate.id, 'C-9'])
  onEachDatabase(
    t,
    `a message with another name, address and start waits before anything is issued or mailed (candidate ${id})`,
    async (t, database) => {
      const blazon = await start(t, { database })
      await issue(blazon)
      const [planned, before] = [await mails(blazon), await holder(blazon)]
      const sent = await post(blazon, hers({ candidate: { ...liNa, id } }))
      t.match(sent, {
        status: 202,
        body: {
          result: { state: 'parked', reason: /name, e-mail address and start.*another person/ },
        },
      })
      t.same(await holder(blazon), before, 'the badge of the first is as it was')
      t.equal(await mails(blazon), planned)
      t.notOk((await known(blazon)).some(({ email }) => email === liNa.email))
      const [item, ...others] = await openItems(blazon)
      t.same(others, [])
      t.match(item, {
        kind: 'somebody-else',
        resultId: passEvent().resultId,
        actions: ['refuse', 'accept'],
        facts: {
          before: { revision: 1, fullName: candidate.fullName, candidateId: candidate.id },
          after: { revision: 2, fullName: 'Li Na', candidateId: id },
        },
      })
      t.notMatch(JSON.stringify(item), /@/, 'addresses are not in it')
      t.equal((await decide(blazon, item?.id ?? '', 'accept')).status, 200)
      t.match(await holder(blazon), [
        { full_name: 'Li Na', earned_on: '2026-11-20', candidate_id: id },
      ])
      t.match(await post(blazon, hers({ candidate: { ...liNa, id } })), {
        status: 200,
        body: { result: { state: 'issued' }, badge: { state: 'valid' } },
      })
    },
  )

onEachDatabase(
  t,
  'a refused message is as if it was never sent, also when it is told again by a higher revision',
  async (t, database) => {
    const blazon = await start(t, { database })
    await issue(blazon)
    await post(blazon, hers())
    const [item] = await openItems(blazon)
    await decide(blazon, item?.id ?? '', 'refuse')
    t.match(await post(blazon, hers()), {
      status: 200,
      body: { result: { state: 'recorded', reason: /another person/ }, badge: undefined },
    })
    await post(blazon, hers({ revision: 3, score: '900' }))
    t.same(await openItems(blazon), [])
    t.match(await holder(blazon), [{ full_name: candidate.fullName, earned_on: '2026-11-22' }])
    t.match(await post(blazon, passEvent()), { body: { result: { state: 'issued' } } })
    t.match(await post(blazon, passEvent({ revision: 4, outcome: 'invalidated' })), {
      body: { badge: { state: 'revoked' } },
    })
  },
)

onEachDatabase(
  t,
  'what settles itself leaves the queue: a later message that is about the first person again',
  async (t, database) => {
    const blazon = await start(t, { database })
    await issue(blazon)
    await post(blazon, hers())
    const [item] = await openItems(blazon)
    t.match(await post(blazon, passEvent({ revision: 3 })), {
      body: { result: { state: 'issued' } },
    })
    t.same(await openItems(blazon), [])
    t.equal((await decide(blazon, item?.id ?? '', 'accept')).status, 409)
  },
)

onEachDatabase(
  t,
  'revision 2 that came first makes no difference to what is asked, and what the first earned is issued',
  async (t, database) => {
    const blazon = await start(t, { database })
    await post(blazon, hers())
    await post(blazon, passEvent())
    t.match(await post(blazon, passEvent()), { body: { result: { state: 'parked' } } })
    t.match(await openItems(blazon), [{ kind: 'somebody-else' }])
    t.match(await holder(blazon), [{ full_name: candidate.fullName }])
  },
)

const kept: [string, Record<string, unknown>][] = [
  ['name and address', { candidate: liNa, startedAt: passEvent().startedAt }],
  ['name and start', { candidate: { ...liNa, email: candidate.email } }],
  ['address and start', { candidate: { ...candidate, email: liNa.email } }],
  ['the case of a name, address and start', { candidate: { ...liNa, fullName: 'ZHANG  wei' } }],
  [
    'a name to its Latin form, address and start',
    { candidate: { ...liNa, fullName: 'Zhang Wei' } },
  ],
  [
    'all, in an invalidation without a time',
    { outcome: 'invalidated', startedAt: undefined, endedAt: undefined },
  ],
]
for (const [what, more] of kept)
  t.test(`a message that changes ${what} is a correction`, async (t) => {
    const blazon = await start(t)
    await issue(blazon)
    const { endedAt } = passEvent()
    const times = 'startedAt' in more && more.startedAt ? { endedAt } : {}
    t.equal((await post(blazon, hers({ ...times, ...more }))).status, 200)
    t.same(await openItems(blazon), [])
  })

t.test('messages from before the upgrade stand as they were judged', async (t) => {
  const blazon = await start(t)
  await issue(blazon)
  await post(blazon, hers())
  await blazon.tools.db.updateTable('result_message').set({ trusted: 1 }).execute()
  t.match(await post(blazon, hers({ revision: 3, score: '900' })), {
    body: { result: { state: 'issued' } },
  })
  t.match(await holder(blazon), [{ full_name: 'Li Na' }])
})
