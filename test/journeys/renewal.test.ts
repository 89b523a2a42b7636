import t from 'tap'
import { handlers } from '../../src/jobs/handlers.ts'
import { runDueJobs } from '../../src/jobs/run-jobs.ts'
import { onEachDatabase } from '../help/databases.ts'
import { changedProgramme } from '../help/programme.ts'
import { eligibility, openItems } from '../help/review.ts'
import { change, clockAt, get, issue, passEvent, post, start } from '../help/start.ts'

const at = (day: string) => ({
  startedAt: `${day}T09:00:00+08:00`,
  endedAt: `${day}T10:00:00+08:00`,
})

onEachDatabase(
  t,
  'a renewal in the window or in grace keeps the number; the old badge is not revoked; after grace there is a new number',
  async (t, database) => {
    const blazon = await start(t, { database })
    const first = await issue(blazon, at('2022-01-10'))
    const window = await issue(blazon, { resultId: 'R-2', ...at('2023-11-11') })
    t.equal(window.certificationNumber, first.certificationNumber)
    t.equal((await get(blazon, `${first.links.page}.json`)).json().status, 'expired')
    const grace = await issue(blazon, { resultId: 'R-3', ...at('2025-12-11') })
    t.equal(grace.certificationNumber, first.certificationNumber)
    const other = { ...passEvent().candidate, id: 'C-2', email: 'two@example.com' }
    const old = await issue(blazon, { resultId: 'S-1', candidate: other, ...at('2022-01-10') })
    const late = await issue(blazon, { resultId: 'S-2', candidate: other, ...at('2024-02-10') })
    t.not(late.certificationNumber, old.certificationNumber)
    const rows = await blazon.tools.db
      .selectFrom('badge')
      .select(['id', 'renews'])
      .where('renews', 'is not', null)
      .execute()
    t.same(new Set(rows.map(({ renews }) => renews)), new Set([first.id, window.id]))
  },
)

onEachDatabase(
  t,
  'where the old expiry is the anchor, early renewers lose nothing; a pass outside the window is accepted, rejected or asked about',
  async (t, database) => {
    for (const [passOutsideWindow, status] of [
      ['accept', 201],
      ['reject', 200],
      ['ask', 202],
    ] as const) {
      const file = changedProgramme(t, ({ achievements: [practitioner] }) => {
        Object.assign(practitioner?.renewal ?? {}, {
          renewalAnchor: 'previousExpiry',
          passOutsideWindow,
        })
      })
      const blazon = await start(t, { database, settings: { PROGRAMME_FILE: file } })
      const candidate = {
        ...passEvent().candidate,
        id: passOutsideWindow,
        email: `${passOutsideWindow}@example.com`,
      }
      const id = (name: string) => ({ resultId: `${passOutsideWindow}-${name}`, candidate })
      await issue(blazon, { ...id('1'), ...at('2024-11-22') })
      const renewed = await issue(blazon, { ...id('2'), ...at('2026-10-01') })
      t.equal(renewed.expiresOn, '2028-11-22')
      const outside = await post(blazon, passEvent({ ...id('3'), ...at('2026-11-20') }))
      t.equal(outside.status, status, passOutsideWindow)
      const { body } = await eligibility(blazon, passOutsideWindow, 'exam=PR000001')
      t.equal(body.eligible, passOutsideWindow !== 'reject')
    }
    const blazon = await start(t, { database })
    t.match(await openItems(blazon), [{ kind: 'early', actions: ['issue', 'deny'] }])
  },
)

onEachDatabase(
  t,
  'reminders are planned at 90, 60, 30, 7 and 0 days, at nine in the programme’s zone, and end with a renewal',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const blazon = await start(t, { database, clock })
    const badge = await issue(blazon)
    const reminders = async (state: 'waiting' | 'cancelled') =>
      (
        await blazon.tools.db
          .selectFrom('job')
          .select(['key', 'run_at'])
          .where('key', 'like', `mail:${badge.id}:expires%`)
          .where('state', '=', state)
          .orderBy('run_at')
          .execute()
      ).map(({ key, run_at }) => `${key.split(':')[2]} ${run_at}`)
    t.same(await reminders('waiting'), ['expires-90 2028-08-24T01:00:00.000Z'], 'the next one')
    clock.set('2028-10-02T00:00:00.000Z')
    const renewal = passEvent({ resultId: 'R-9', ...at('2028-10-01') })
    await post(blazon, renewal)
    t.same(await reminders('waiting'), [])
    await post(blazon, { ...renewal, revision: 2, outcome: 'invalidated' })
    const planned: string[] = []
    for (let [next] = await reminders('waiting'); next; [next] = await reminders('waiting')) {
      planned.push(next)
      clock.set(next.split(' ')[1] ?? '')
      await runDueJobs(blazon.tools, handlers)
    }
    t.same(
      planned,
      [
        'expires-30 2028-10-23T01:00:00.000Z',
        'expires-7 2028-11-15T01:00:00.000Z',
        'expires-0 2028-11-22T01:00:00.000Z',
      ],
      'the next one is planned again, and each plans the one after it',
    )
  },
)

onEachDatabase(
  t,
  'the review queue comes in pages, by state and kind, and needs its scope',
  async (t, database) => {
    const blazon = await start(t, { database })
    for (let index = 0; index < 5; index += 1)
      await post(blazon, passEvent({ resultId: `X-${index}`, exam: 'PR999999' }))
    const ask = async (query: string) =>
      (await blazon.app.inject({ url: `/v1/review?${query}`, headers: blazon.auth })).json()
    const seen: string[] = []
    for (let after = ''; ; ) {
      const page = await ask(`limit=2${after}`)
      seen.push(...page.items.map(({ id }: { id: string }) => id))
      if (!page.next) break
      after = `&after=${page.next}`
    }
    t.equal(new Set(seen).size, 5)
    t.equal((await ask('kind=retake')).items.length, 0)
    t.match(await ask('limit=0'), { status: 422 })
    t.match(await ask(`after=${'0'.repeat(32)}`), { status: 422 })
    t.match((await blazon.app.inject({ url: '/v1/review' })).statusCode, 401)
    t.match(
      (await blazon.app.inject({ url: `/v1/review/${'0'.repeat(32)}`, headers: blazon.auth }))
        .statusCode,
      404,
    )
    const merge = await blazon.app.inject({
      method: 'POST',
      url: '/v1/candidates/merge',
      headers: blazon.auth,
      payload: {
        into: { source: 'webassessor', id: 'C-778' },
        from: { source: 'webassessor', id: 'nobody' },
      },
    })
    t.equal(merge.statusCode, 404)
  },
)

onEachDatabase(
  t,
  'the old and the new badge link each other in page and JSON, each only where the other may be seen',
  async (t, database) => {
    const blazon = await start(t, { database })
    const old = await issue(blazon, at('2024-11-01'))
    const hidden = await issue(blazon, {
      resultId: 'R-9',
      visibility: 'private',
      ...at('2026-10-20'),
    })
    const before = (await get(blazon, `${old.links.page}.json`)).body
    t.notMatch(before, /renewedBy/)
    t.notMatch((await get(blazon, old.links.page)).body, /Renewed|newer badge/)
    await change(blazon, hidden.id, 'privacy', { visibility: 'public' })
    t.match((await get(blazon, `${old.links.page}.json`)).json(), {
      status: 'expired',
      renewedBy: { page: hidden.links.page, expiresOn: '2028-10-20' },
    })
    t.match((await get(blazon, old.links.page)).body, /<strong>Renewed\.<\/strong>/)
    t.match((await get(blazon, `${hidden.links.page}.json`)).json(), {
      renews: { page: old.links.page, earnedOn: '2024-11-01' },
    })
    t.match((await get(blazon, hidden.links.page)).body, /It renews/)
    await change(blazon, old.id, 'privacy', { showExpired: false })
    t.notMatch((await get(blazon, `${hidden.links.page}.json`)).body, /"renews"/)
    t.notMatch((await get(blazon, hidden.links.page)).body, /It renews/)
    const owner = await get(blazon, `${hidden.links.page}.json`, blazon.auth)
    t.match(owner.json(), { renews: { page: old.links.page } })
  },
)
