import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { changedProgramme } from '../help/programme.ts'
import { decide, openItems } from '../help/review.ts'
import { change, get, issue, passEvent, post, type Started, start } from '../help/start.ts'

// One test a row of the table of changes (programme rules, part 5): those that an operator or the programme decides.
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

onEachDatabase(
  t,
  'of merged candidates with two badges the earlier stays and the later is superseded, once an operator says so',
  async (t, database) => {
    const blazon = await start(t, { database })
    const early = await issue(blazon, {
      startedAt: '2026-06-01T09:00:00+08:00',
      endedAt: '2026-06-01T10:00:00+08:00',
    })
    const late = await issue(blazon, { resultId: 'R-9', candidate: { ...candidate, id: 'C-9' } })
    const [item] = await openItems(blazon)
    t.match(item, { kind: 'second-account', actions: ['merge', 'dismiss'] })
    t.equal((await decide(blazon, item?.id ?? '', 'merge')).status, 200)
    const [overlap] = await openItems(blazon)
    t.match(overlap, { kind: 'overlap', resultId: 'R-9', actions: ['supersede', 'keep'] })
    t.equal((await get(blazon, late.links.page)).statusCode, 200, 'undecided, both stand')
    t.equal((await decide(blazon, overlap?.id ?? '', 'supersede')).status, 200)
    t.equal((await get(blazon, early.links.page)).statusCode, 200)
    t.match((await get(blazon, `${late.links.page}.json`)).json(), {
      status: 'revoked',
      reason: 'superseded',
    })
    t.same(await openItems(blazon), [])
  },
)

onEachDatabase(
  t,
  'a second result for the same candidate, exam and start is parked, and an operator says what it is',
  async (t, database) => {
    const blazon = await start(t, { database })
    await issue(blazon)
    const second = await post(blazon, passEvent({ resultId: 'R-9999-1' }))
    t.match(second, { status: 202, body: { result: { state: 'parked' } } })
    const [item] = await openItems(blazon)
    t.match(item, { kind: 'duplicate', facts: { results: ['R-2026-000123', 'R-9999-1'] } })
    t.equal((await decide(blazon, item?.id ?? '', 'ignore')).status, 200)
    t.match((await post(blazon, passEvent({ resultId: 'R-9999-1' }))).body, {
      result: { state: 'recorded' },
    })
  },
)

onEachDatabase(
  t,
  'a retired achievement mints nothing new, and what was issued verifies',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    const badge = await issue(first)
    await first.close()
    const file = changedProgramme(t, ({ achievements: [practitioner] }) => {
      if (practitioner) practitioner.retired = true
    })
    const blazon = await start(t, { database, settings: { PROGRAMME_FILE: file } })
    const fresh = await post(
      blazon,
      passEvent({
        resultId: 'R-9',
        candidate: { ...candidate, id: 'C-9', email: 'b@example.com' },
      }),
    )
    t.match(fresh, { status: 200, body: { result: { state: 'recorded', reason: /retired/ } } })
    t.equal(await verdict(blazon, (await get(blazon, badge.links.credential)).body), 'valid')
    t.match((await post(blazon, passEvent({ revision: 2, score: '813' }))).body, {
      badge: { id: badge.id, state: 'valid' },
    })
  },
)

onEachDatabase(
  t,
  'what an operator revokes is judged at once: a later pass that renewed it begins a certification of its own',
  async (t, database) => {
    const blazon = await start(t, { database })
    const first = await issue(blazon, {
      startedAt: '2024-11-01T09:00:00+08:00',
      endedAt: '2024-11-01T10:00:00+08:00',
    })
    const second = await issue(blazon, {
      resultId: 'R-9',
      startedAt: '2026-10-20T09:00:00+08:00',
      endedAt: '2026-10-20T10:00:00+08:00',
    })
    t.equal(second.certificationNumber, first.certificationNumber)
    await change(blazon, first.id, 'revoke', { class: 'withdrawn' })
    const { badge } = (
      await post(
        blazon,
        passEvent({
          resultId: 'R-9',
          startedAt: '2026-10-20T09:00:00+08:00',
          endedAt: '2026-10-20T10:00:00+08:00',
        }),
      )
    ).body
    t.match(badge, { id: second.id, state: 'valid' })
  },
)

onEachDatabase(
  t,
  'the same name and birth date under two candidate ids is flagged, and the date is kept nowhere',
  async (t, database) => {
    const blazon = await start(t, { database })
    const birthDate = '1991-02-28'
    await issue(blazon, { candidate: { ...candidate, birthDate } })
    await issue(blazon, {
      resultId: 'R-9',
      candidate: { id: 'C-9', fullName: ' 张伟', email: 'other@example.com', birthDate },
    })
    t.match(await openItems(blazon), [
      { kind: 'second-account', facts: { same: 'name and birth date' } },
    ])
    const bodies = await blazon.tools.db.selectFrom('result_message').select('body').execute()
    const facts = await blazon.tools.db.selectFrom('result').select(['body', 'word']).execute()
    t.notMatch(JSON.stringify([bodies, facts]), birthDate)
    const message = passEvent({ candidate: { ...candidate, birthDate } })
    const guess = createHash('sha256')
      .update(canonicalize(message) ?? '')
      .digest('hex')
    const hashes = await blazon.tools.db.selectFrom('result_message').select('body_hash').execute()
    t.notOk(
      hashes.some(({ body_hash }) => body_hash === guess),
      'nor can it be guessed',
    )
    const other = passEvent({ candidate: { ...candidate, birthDate: '1991-02-27' } })
    t.equal((await post(blazon, other)).status, 409)
    const { status } = await post(blazon, message)
    t.equal(status, 200, 'a replay is known by what was sent')
  },
)
