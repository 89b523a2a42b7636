import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { openItems } from '../help/review.ts'
import { change, get, issue, passEvent, post, type Started, start } from '../help/start.ts'

const candidate = passEvent().candidate

/** A Blazon whose Ed25519 key refuses to sign, as a broken key store would. */
function broken(blazon: Started): Started {
  const sign = () => {
    throw new Error('the key store does not answer')
  }
  Object.assign(blazon.tools, { keyring: { ...blazon.tools.keyring, sign } })
  return blazon
}

const badgesOf = ({ tools }: Started) =>
  tools.db.selectFrom('badge').select(['id', 'issued_at', 'revoked_at', 'recipient_hash']).execute()

onEachDatabase(
  t,
  'what an operator revoked, no later message of the exam system and no restart brings back',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    const badge = await issue(first)
    await change(first, badge.id, 'revoke', { class: 'withdrawn', note: 'cheated' })
    const renamed = await post(
      first,
      passEvent({ revision: 2, candidate: { ...candidate, fullName: '張偉' } }),
    )
    t.match(renamed, {
      status: 202,
      body: { result: { state: 'parked', reason: /operator revoked/ } },
    })
    await first.close()
    const second = await start(t, { database })
    t.equal((await badgesOf(second)).length, 1)
    const replay = await post(
      second,
      passEvent({ revision: 2, candidate: { ...candidate, fullName: '張偉' } }),
    )
    t.match(replay.body, { result: { state: 'parked' }, badge: { state: 'revoked' } })
  },
)

onEachDatabase(
  t,
  'of several badges of a result the last decides, even when all were made in one second',
  async (t, database) => {
    const blazon = await start(t, { database })
    for (let round = 0; round < 6; round += 1) {
      const facts = { resultId: `L-${round}`, candidate: { ...candidate, id: `L-${round}` } }
      const first = await post(blazon, passEvent(facts))
      await post(blazon, passEvent({ ...facts, revision: 2, outcome: 'failed' }))
      const second = await post(blazon, passEvent({ ...facts, revision: 3 }))
      t.not(second.body.badge?.id, first.body.badge?.id)
      await change(blazon, second.body.badge?.id ?? '', 'revoke', { class: 'withdrawn' })
      const again = await post(blazon, passEvent({ ...facts, revision: 4 }))
      t.match(again.body, { result: { state: 'parked' }, badge: { id: second.body.badge?.id } })
    }
  },
)

onEachDatabase(
  t,
  'a parked duplicate stays parked over a restart, even when its twin was revoked',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    const badge = await issue(first)
    t.equal((await post(first, passEvent({ resultId: 'R-2' }))).body.result.state, 'parked')
    await change(first, badge.id, 'revoke', { class: 'withdrawn' })
    await first.close()
    const second = await start(t, { database })
    t.equal((await badgesOf(second)).length, 1)
  },
)

onEachDatabase(
  t,
  'of two results about one attempt that come at the same moment one is minted and one parked',
  async (t, database) => {
    const [one, two] = [await start(t, { database }), await start(t, { database })]
    for (let pair = 0; pair < 10; pair += 1) {
      const facts = { candidate: { ...candidate, id: `C-${pair}` } }
      const answers = await Promise.all([
        post(one, passEvent({ ...facts, resultId: `A-${pair}` })),
        post(two, passEvent({ ...facts, resultId: `B-${pair}` })),
      ])
      t.same(answers.map(({ body }) => body.result.state).sort(), ['issued', 'parked'])
    }
  },
)

const sitting = { startedAt: undefined }

onEachDatabase(
  t,
  'two results without a start are one sitting when source, candidate, exam family and end agree, and two when one differs',
  async (t, database) => {
    const blazon = await start(t, { database })
    t.equal((await post(blazon, passEvent(sitting))).status, 201)
    const again = await post(
      blazon,
      passEvent({ ...sitting, resultId: 'R-2', endedAt: '2026-11-22T02:12:00Z' }),
    )
    t.match(again, { status: 202, body: { result: { state: 'parked', reason: /R-2026-000123/ } } })
    t.match(await openItems(blazon), [{ kind: 'duplicate', resultId: 'R-2' }])
    const others = [
      { endedAt: '2026-11-22T10:12:01+08:00' },
      { candidate: { ...candidate, id: 'C-other', email: 'other@example.com' } },
      { exam: 'PR000002' },
    ]
    for (const [index, more] of others.entries()) {
      const { status } = await post(
        blazon,
        passEvent({ ...sitting, resultId: `R-other-${index}`, ...more }),
      )
      t.equal(status, 201, JSON.stringify(more))
    }
  },
)

onEachDatabase(
  t,
  'of two results without a start that come at the same moment one is minted and one parked, also over a restart',
  async (t, database) => {
    const [one, two] = [
      await start(t, { database, keepOpen: true }),
      await start(t, { database, keepOpen: true }),
    ]
    for (let pair = 0; pair < 5; pair += 1) {
      const facts = { ...sitting, candidate: { ...candidate, id: `C-${pair}` } }
      const answers = await Promise.all([
        post(one, passEvent({ ...facts, resultId: `A-${pair}` })),
        post(two, passEvent({ ...facts, resultId: `B-${pair}` })),
      ])
      t.same(answers.map(({ body }) => body.result.state).sort(), ['issued', 'parked'])
    }
    await Promise.all([one.close(), two.close()])
    const again = await start(t, { database })
    t.equal((await badgesOf(again)).length, 5)
    const parked = (await openItems(again)).filter(({ kind }) => kind === 'duplicate')
    t.equal(parked.length, 5)
  },
)

onEachDatabase(
  t,
  'a message that names another candidate ends the badge of the one and mints one for the other',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const other = { id: 'C-999', fullName: 'Bob Other', email: 'bob@example.com' }
    const answer = await post(blazon, passEvent({ revision: 2, candidate: other }))
    t.match(answer, {
      status: 201,
      body: { result: { state: 'issued' }, badge: { state: 'valid' } },
    })
    t.not(answer.body.badge?.id, badge.id)
    t.equal(answer.body.badge?.visibility, 'private', 'the other has decided nothing yet')
    const old = await get(blazon, badge.links.page)
    t.equal(old.statusCode, 410)
    t.notMatch(old.body, /Bob|张伟/)
  },
)

onEachDatabase(
  t,
  'a pass that could not be signed waits with a reason, and what comes after it decides',
  async (t, database) => {
    const dark = broken(await start(t, { database, keepOpen: true }))
    const waiting = await post(dark, passEvent())
    t.match(waiting, {
      status: 202,
      body: { result: { state: 'waiting', reason: /could not be signed/ } },
    })
    t.notOk(waiting.body.badge)
    await dark.close()
    const bright = await start(t, { database, keepOpen: true })
    const signed = await post(bright, passEvent())
    t.match(signed, {
      status: 200,
      body: { result: { state: 'issued' }, badge: { state: 'valid' } },
    })
    await bright.close()
    t.equal((await badgesOf(await start(t, { database }))).length, 1)
  },
)

onEachDatabase(
  t,
  'a pass that was never signed and is then failed leaves no badge; held or reviewed, one that is suspended',
  async (t, database) => {
    const blazon = broken(await start(t, { database, keepOpen: true }))
    for (const outcome of ['held', 'under-review', 'failed']) {
      const facts = { resultId: outcome, candidate: { ...candidate, id: outcome } }
      await post(blazon, passEvent(facts))
      const next = outcome === 'held' ? { released: false } : { outcome }
      await post(blazon, passEvent({ ...facts, revision: 2, ...next }))
    }
    await blazon.close()
    const later = await start(t, { database })
    const left = await later.tools.db
      .selectFrom('badge')
      .select(['result_id', 'suspended_by', 'issued_at'])
      .orderBy('result_id')
      .execute()
    t.match(left, [
      { result_id: 'held', suspended_by: 'result', issued_at: String },
      { result_id: 'under-review', suspended_by: 'result', issued_at: String },
    ])
  },
)

onEachDatabase(
  t,
  'an address corrected before the badge was signed is the one that the badge is for',
  async (t, database) => {
    const dark = broken(await start(t, { database, keepOpen: true }))
    await post(dark, passEvent())
    const [before] = await badgesOf(dark)
    const corrected = await post(
      dark,
      passEvent({ revision: 2, candidate: { ...candidate, email: 'wei@example.com' } }),
    )
    t.equal(corrected.body.result.state, 'waiting')
    const [after] = await badgesOf(dark)
    t.not(after?.recipient_hash, before?.recipient_hash)
    await dark.close()
    const bright = await start(t, { database })
    const rows = await badgesOf(bright)
    t.equal(rows.length, 1)
    t.equal(rows[0]?.recipient_hash, after?.recipient_hash)
    t.ok(rows[0]?.issued_at)
  },
)
