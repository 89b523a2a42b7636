import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { get, passEvent, post, start } from '../help/start.ts'

onEachDatabase(
  t,
  'a pass mints at once, a replay answers the same badge, another body under the same id is refused',
  async (t, database) => {
    const blazon = await start(t, { database })
    const first = await post(blazon, passEvent())
    t.equal(first.status, 201)
    t.match(first.body, {
      result: { source: 'webassessor', resultId: 'R-2026-000123', revision: 1, state: 'issued' },
      badge: {
        state: 'valid',
        achievement: 'practitioner',
        certificationNumber:
          /^NWC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/,
        earnedOn: '2026-11-22',
        expiresOn: '2028-11-22',
        visibility: 'private',
      },
    })
    t.ok(
      Object.values(first.body.badge?.links ?? {}).every((link) =>
        link.startsWith('https://badges.example.test/'),
      ),
    )
    const { candidate, ...rest } = passEvent()
    const replay = await post(blazon, { candidate, ...rest })
    t.equal(replay.status, 200, 'whatever the order of the keys')
    t.same(replay.body, first.body)
    const other = await post(blazon, passEvent({ score: '900' }))
    t.equal(other.status, 409)
    t.match(other.headers['content-type'], /^application\/problem\+json/)
  },
)

onEachDatabase(
  t,
  'a result that is not released is held and mints nothing; its release mints at once',
  async (t, database) => {
    const blazon = await start(t, { database })
    const held = await post(blazon, passEvent({ released: false }))
    t.equal(held.status, 202)
    t.match(held.body, { result: { state: 'held', reason: /not released/ } })
    t.notOk(held.body.badge)
    const released = await post(blazon, passEvent({ revision: 2 }))
    t.equal(released.status, 201)
    t.equal(released.body.result.state, 'issued')
    const late = await post(blazon, passEvent({ revision: 1, released: false }))
    t.equal(late.status, 200, 'the first message again is a replay')
    t.equal(late.body.result.state, 'outdated')
  },
)

onEachDatabase(t, 'a lower revision that comes late changes nothing', async (t, database) => {
  const blazon = await start(t, { database })
  const second = await post(blazon, passEvent({ revision: 2, outcome: 'failed' }))
  t.match(second, { status: 200, body: { result: { state: 'recorded' } } })
  const first = await post(blazon, passEvent({ revision: 1 }))
  t.match(first, { status: 200, body: { result: { state: 'outdated' } } })
  t.notOk(first.body.badge)
})

onEachDatabase(t, 'an unknown exam is parked with a reason', async (t, database) => {
  const blazon = await start(t, { database })
  const parked = await post(blazon, passEvent({ exam: 'PR009999' }))
  t.match(parked, {
    status: 202,
    body: { result: { state: 'parked', reason: /has no exam PR009999/ } },
  })
})

onEachDatabase(
  t,
  'a second result of the same candidate, exam and start is parked as a duplicate',
  async (t, database) => {
    const blazon = await start(t, { database })
    await post(blazon, passEvent())
    const twin = await post(
      blazon,
      passEvent({ resultId: 'R-2', startedAt: '2026-11-22T01:00:00Z' }),
    )
    t.match(twin, { status: 202, body: { result: { state: 'parked', reason: /R-2026-000123/ } } })
    t.notOk(twin.body.badge)
    const later = await post(
      blazon,
      passEvent({ resultId: 'R-3', startedAt: '2026-11-22T09:00:01+08:00' }),
    )
    t.equal(later.status, 201, 'another start is another attempt')
  },
)

onEachDatabase(
  t,
  'a correction to failed revokes the badge, and a review suspends it until it is lifted',
  async (t, database) => {
    const blazon = await start(t, { database })
    await post(blazon, passEvent())
    const review = await post(blazon, passEvent({ revision: 2, outcome: 'under-review' }))
    t.match(review, {
      status: 200,
      body: { result: { state: 'recorded' }, badge: { state: 'suspended' } },
    })
    const lifted = await post(blazon, passEvent({ revision: 3 }))
    t.match(lifted, {
      status: 200,
      body: { result: { state: 'issued' }, badge: { state: 'valid' } },
    })
    const failed = await post(blazon, passEvent({ revision: 4, outcome: 'failed' }))
    t.match(failed, {
      status: 200,
      body: { result: { state: 'recorded' }, badge: { state: 'revoked' } },
    })
    const again = await post(blazon, passEvent({ revision: 5 }))
    t.equal(again.status, 201, 'revoking is never undone: a new pass is a new badge')
    t.not(again.body.badge?.id, failed.body.badge?.id)
    t.not(again.body.badge?.certificationNumber, failed.body.badge?.certificationNumber)
  },
)

onEachDatabase(
  t,
  'a failure, an abort and a no-show mint nothing and are recorded',
  async (t, database) => {
    const blazon = await start(t, { database })
    for (const outcome of ['failed', 'aborted', 'no-show', 'invalidated', 'under-review']) {
      const answer = await post(blazon, passEvent({ resultId: outcome, outcome }))
      t.match(answer, { status: 200, body: { result: { state: 'recorded' } } }, outcome)
      t.notOk(answer.body.badge)
    }
  },
)

onEachDatabase(
  t,
  'a corrected name shows on the page, and a corrected date gives the badge its new dates at the same address',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { body } = await post(blazon, passEvent())
    await blazon.app.inject({
      method: 'PUT',
      url: `/v1/badges/${body.badge?.id}/privacy`,
      headers: blazon.auth,
      payload: { visibility: 'public' },
    })
    const renamed = await post(
      blazon,
      passEvent({ revision: 2, candidate: { ...passEvent().candidate, fullName: '張偉' } }),
    )
    t.match(renamed, { status: 200, body: { result: { state: 'issued' } } })
    t.match((await get(blazon, body.badge?.links.page ?? '')).body, '張偉')
    const redated = await post(
      blazon,
      passEvent({
        revision: 3,
        endedAt: '2026-11-21T10:12:00+08:00',
        startedAt: '2026-11-21T09:00:00+08:00',
      }),
    )
    t.match(redated, {
      status: 200,
      body: {
        result: { state: 'issued' },
        badge: { id: body.badge?.id, earnedOn: '2026-11-21', expiresOn: '2028-11-21' },
      },
    })
  },
)

onEachDatabase(
  t,
  'a pass whose term has run out is minted, and expired from the start',
  async (t, database) => {
    const blazon = await start(t, { database })
    const old = await post(
      blazon,
      passEvent({ startedAt: '2020-02-29T09:00:00+08:00', endedAt: '2020-02-29T10:00:00+08:00' }),
    )
    t.match(old, {
      status: 201,
      body: { badge: { state: 'expired', earnedOn: '2020-02-29', expiresOn: '2022-02-28' } },
    })
  },
)
