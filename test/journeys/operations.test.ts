import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { change, get, issue, start } from '../help/start.ts'

onEachDatabase(
  t,
  'each operation takes effect in every public answer at once, and is in the audit log with who and when',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const status = async () => {
      const page = await get(blazon, badge.links.page)
      const json = await get(blazon, `${badge.links.page}.json`)
      const verdict = await blazon.app.inject({
        method: 'POST',
        url: '/v1/verify',
        payload: { url: badge.links.page },
      })
      return [page.statusCode, json.statusCode, json.json().status, verdict.json().verdict]
    }
    t.same(await status(), [200, 200, 'valid', 'valid'])
    blazon.clock.set('2026-11-23T04:00:00.000Z')
    await change(blazon, badge.id, 'suspend', { note: 'an appeal' })
    t.same(await status(), [200, 200, 'suspended', 'suspended'])
    await change(blazon, badge.id, 'reinstate')
    t.same(await status(), [200, 200, 'valid', 'valid'])
    await change(blazon, badge.id, 'privacy', { visibility: 'link' })
    t.same(await status(), [404, 404, 404, 'could-not-check'])
    await change(blazon, badge.id, 'privacy', { visibility: 'public' })
    const list = () =>
      get(blazon, '/status/1').then((answer) => answer.json().credentialSubject.encodedList)
    const clear = await list()
    await change(blazon, badge.id, 'revoke', { class: 'withdrawn', note: 'Mr. Wei asked for it' })
    t.same(await status(), [410, 410, 'revoked', 'revoked'])
    t.not(await list(), clear, 'the status list shows it at once, within its five minutes')
    const audit = await blazon.tools.db
      .selectFrom('audit')
      .select(['at', 'actor', 'action', 'details'])
      .where('subject', '=', badge.id)
      .orderBy('id')
      .execute()
    t.same(
      audit.map(({ action }) => action),
      [
        'badge.issued',
        'badge.privacy',
        'badge.suspended',
        'badge.reinstated',
        'badge.privacy',
        'badge.privacy',
        'badge.revoked',
      ],
    )
    const last = audit.at(-1)
    t.match(last, { at: '2026-11-23T04:00:00.000Z', actor: /^api-key:[0-9a-f]{12}$/ })
    t.same(JSON.parse(last?.details ?? ''), { class: 'withdrawn' })
    const history = await blazon.app.inject({
      url: `/v1/badges/${badge.id}/history`,
      headers: blazon.auth,
    })
    t.match(history.json().history.at(-1), {
      action: 'badge.revoked',
      details: { class: 'withdrawn' },
      note: 'Mr. Wei asked for it',
    })
  },
)

onEachDatabase(
  t,
  'expiry is read off the clock: nothing is written when a badge expires',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const json = async () => (await get(blazon, `${badge.links.page}.json`)).json().status
    blazon.clock.set('2028-11-22T15:59:59.000Z')
    t.equal(await json(), 'valid', 'through the last second of the day in Shanghai')
    blazon.clock.set('2028-11-22T16:00:00.000Z')
    t.equal(await json(), 'expired')
    t.match((await get(blazon, badge.links.page)).body, 'Expired on 22 November 2028')
  },
)

onEachDatabase(
  t,
  'an operator lists badges page by page and reads one as the exam system was told it',
  async (t, database) => {
    const blazon = await start(t, { database })
    const made = []
    for (let number = 0; number < 5; number += 1)
      made.push(
        await issue(blazon, {
          resultId: `R-${number}`,
          exam: 'PR000002',
          startedAt: `2026-11-2${number % 3}T0${number}:00:00Z`,
          visibility: 'private',
          endedAt: '2026-11-22T03:00:00Z',
        }),
      )
    const seen = []
    let next: string | undefined
    do {
      const answer = await blazon.app.inject({
        url: `/v1/badges?limit=2${next ? `&after=${next}` : ''}`,
        headers: blazon.auth,
      })
      t.equal(answer.statusCode, 200)
      seen.push(...answer.json().badges)
      next = answer.json().next
    } while (next)
    t.same(
      seen.map(({ id }) => id),
      made.map(({ id }) => id).sort(),
    )
    const one = await blazon.app.inject({ url: `/v1/badges/${made[0]?.id}`, headers: blazon.auth })
    t.same(one.json(), made[0])
    const looks = await blazon.tools.db
      .selectFrom('audit')
      .select('id')
      .where('action', 'in', ['badge.read', 'badge.list'])
      .execute()
    t.equal(looks.length, 4, 'each look is in the audit log')
  },
)
