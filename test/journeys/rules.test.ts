import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { decide, eligibility, openItems } from '../help/review.ts'
import { clockAt, get, issue, passEvent, post, type Started, start } from '../help/start.ts'

const at = (day: string) => ({
  startedAt: `${day}T09:00:00+08:00`,
  endedAt: `${day}T10:00:00+08:00`,
})

const fail = (blazon: Started, resultId: string, day: string, more = {}) =>
  post(blazon, passEvent({ resultId, outcome: 'failed', ...at(day), ...more }))

onEachDatabase(
  t,
  'the waits are 14 days, 60 days and a year, counted from the failed attempt in the programme’s zone',
  async (t, database) => {
    const blazon = await start(t, { database, clock: clockAt('2026-03-20T00:00:00.000Z') })
    const asked = (query = '') => eligibility(blazon, 'C-778', `exam=PR000001${query}`)
    t.match(await asked(), { status: 200, body: { eligible: true, failures: [] } })
    await fail(blazon, 'F-1', '2026-01-01')
    t.match((await asked('&on=2026-01-14')).body, { eligible: false, earliest: '2026-01-15' })
    t.match((await asked('&on=2026-01-15')).body, { eligible: true })
    await fail(blazon, 'F-2', '2026-01-15')
    t.match((await asked()).body, { eligible: true, earliest: '2026-03-16' })
    await fail(blazon, 'F-3', '2026-03-16')
    t.match((await asked()).body, {
      eligible: false,
      earliest: '2027-03-16',
      reason: 'After 3 failed attempts in a row, the next may start on 2027-03-16.',
      failures: [
        { resultId: 'F-1', date: '2026-01-01', outcome: 'failed' },
        { resultId: 'F-2' },
        { resultId: 'F-3' },
      ],
    })
    t.match(
      (await eligibility(blazon, 'C-778', 'exam=PR000002')).body,
      { eligible: true },
      'another family',
    )
    t.match((await eligibility(blazon, 'C-778', 'exam=PR000001&on=soon')).status, 422)
    t.match((await eligibility(blazon, 'C-778', 'exam=NOPE')).body, { errors: [{ path: '/exam' }] })
  },
)

onEachDatabase(
  t,
  'what counts: an abort after content, an invalidation; what does not: a no-show, an abort before; an unknown one when an operator says so',
  async (t, database) => {
    const blazon = await start(t, { database })
    const count = async () =>
      (await eligibility(blazon, 'C-778', 'exam=PR000001')).body.failures.length
    await fail(blazon, 'N-1', '2026-01-01', { outcome: 'no-show' })
    await fail(blazon, 'N-2', '2026-01-02', { outcome: 'aborted', contentShown: false })
    t.equal(await count(), 0)
    await fail(blazon, 'Y-1', '2026-01-03', { outcome: 'aborted', contentShown: true })
    await fail(blazon, 'Y-2', '2026-01-04', { outcome: 'invalidated' })
    t.equal(await count(), 2)
    await fail(blazon, 'U-1', '2026-01-05', { outcome: 'aborted' })
    t.equal(await count(), 2)
    const [item] = await openItems(blazon)
    t.match(item, { kind: 'content-unknown', resultId: 'U-1' })
    await decide(blazon, item?.id ?? '', 'count')
    t.equal(await count(), 3)
    await post(
      blazon,
      passEvent({ resultId: 'Y-2', revision: 2, outcome: 'no-show', ...at('2026-01-04') }),
    )
    t.equal(await count(), 2, 'a corrected outcome drops the failure')
  },
)

onEachDatabase(
  t,
  'a pass that came too soon is parked; issue anyway, revoke later; every decision can be sent again, and is on the log',
  async (t, database) => {
    const blazon = await start(t, { database })
    await fail(blazon, 'F-1', '2026-11-10')
    const early = await post(blazon, passEvent())
    t.match(early, {
      status: 202,
      body: { result: { state: 'parked', reason: /too soon.*2026-11-24/ } },
    })
    t.notOk(early.body.badge)
    const [item] = await openItems(blazon)
    const id = item?.id ?? ''
    t.match(item, {
      kind: 'retake',
      resultId: 'R-2026-000123',
      actions: ['issue', 'deny'],
      facts: { earliest: '2026-11-24', failures: 1 },
    })
    t.match(await decide(blazon, id, 'nonsense'), { status: 422 })
    t.match(await decide(blazon, id, 'merge'), { status: 422, body: { detail: /mistake/ } })
    const issued = await decide(blazon, id, 'issue')
    t.match(issued, {
      status: 200,
      body: { state: 'decided', decision: 'issue', actions: ['revoke'] },
    })
    t.same(await decide(blazon, id, 'issue'), issued, 'again, it answers the same')
    t.match(await decide(blazon, id, 'deny'), { status: 409 })
    t.match((await post(blazon, passEvent())).body, {
      result: { state: 'issued' },
      badge: { state: 'valid' },
    })
    t.match(await decide(blazon, id, 'revoke'), { status: 200, body: { decision: 'revoke' } })
    t.match((await post(blazon, passEvent())).body, {
      result: { state: 'recorded' },
      badge: { state: 'revoked' },
    })
    const log = await blazon.tools.db
      .selectFrom('audit')
      .select('details')
      .where('action', '=', 'review.decided')
      .orderBy('id')
      .execute()
    t.same(
      log.map(({ details }) => JSON.parse(details).decision),
      ['issue', 'revoke'],
    )
    t.same(await openItems(blazon), [])
  },
)

onEachDatabase(
  t,
  'a failure that arrives after the pass that it forbids ends in the same: no badge, one question',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    await fail(blazon, 'F-1', '2026-11-10')
    t.equal((await get(blazon, badge.links.page)).statusCode, 410)
    t.match(await openItems(blazon), [{ kind: 'retake' }])
  },
)
