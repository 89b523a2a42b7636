import t, { type Test } from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { changedProgramme } from '../help/programme.ts'
import { eligibility, openItems } from '../help/review.ts'
import { clockAt, get, issue, passEvent, post, type Started, start } from '../help/start.ts'

// Retake ledger (programme rules, part 4): what the plain waits of rules.test.ts leave out.
const at = (day: string) => ({
  startedAt: `${day}T09:00:00+08:00`,
  endedAt: `${day}T10:00:00+08:00`,
})

const fail = (blazon: Started, resultId: string, day: string, more = {}) =>
  post(blazon, passEvent({ resultId, outcome: 'failed', ...at(day), ...more }))

const asked = async (blazon: Started, exam = 'PR000001') =>
  (await eligibility(blazon, 'C-778', `exam=${exam}`)).body

onEachDatabase(
  t,
  'the wait is a year after the third failure and after every later one; a pass begins the count anew',
  async (t, database) => {
    const blazon = await start(t, { database })
    const days = ['2020-01-01', '2020-01-15', '2020-03-15', '2021-03-15', '2022-03-15']
    const earliest = ['2020-01-15', '2020-03-15', '2021-03-15', '2022-03-15', '2023-03-15']
    for (const [index, day] of days.entries()) {
      await fail(blazon, `F-${index}`, day)
      const { earliest: found, failures } = await asked(blazon)
      t.same([found, failures.length], [earliest[index], index + 1])
    }
    await issue(blazon, { resultId: 'P-1', ...at('2023-03-15') })
    t.same((await asked(blazon)).failures, [])
    await fail(blazon, 'F-9', '2024-01-01')
    t.match(await asked(blazon), { earliest: '2024-01-15', failures: { length: 1 } })
  },
)

onEachDatabase(
  t,
  'all versions of an exam count together: a failure at one keeps a pass at another from a badge',
  async (t, database) => {
    const file = changedProgramme(t as Test, ({ exams }) => {
      const [first] = exams
      if (first) exams.push({ ...first, code: 'PR000001-JA', title: 'Practitioner, in Japanese' })
    })
    const blazon = await start(t, { database, settings: { PROGRAMME_FILE: file } })
    await fail(blazon, 'F-1', '2026-11-10', { exam: 'PR000001-JA', delivery: 'centre' })
    t.match(await asked(blazon), { eligible: false, earliest: '2026-11-24' })
    t.match((await asked(blazon, 'PR000002')).failures, [])
    const pass = await post(blazon, passEvent({ delivery: 'online' }))
    t.match(pass, { status: 202, body: { result: { state: 'parked' } } })
  },
)

onEachDatabase(
  t,
  'the wait begins on the day that the attempt ended, in the programme’s zone, whatever offset was written',
  async (t, database) => {
    const blazon = await start(t, { database })
    // Begun before midnight in Shanghai, ended after it.
    await fail(blazon, 'F-1', '', {
      startedAt: '2026-01-01T15:30:00Z',
      endedAt: '2026-01-01T16:30:00Z',
    })
    t.match(await asked(blazon), { earliest: '2026-01-16', failures: [{ date: '2026-01-02' }] })
    await fail(blazon, 'F-1', '', {
      revision: 2,
      startedAt: '2026-01-02T01:00:00+14:00',
      endedAt: '2026-01-02T02:00:00+14:00',
    })
    t.match(await asked(blazon), { earliest: '2026-01-15', failures: [{ date: '2026-01-01' }] })
  },
)

onEachDatabase(
  t,
  'it is the scheduled start that is held against the rule, not when the candidate really began',
  async (t, database) => {
    const blazon = await start(t, { database })
    const cases = [
      // Let in ten minutes before a start at midnight of the first day.
      ['2026-11-15T00:05:00+08:00', '2026-11-14T23:55:00+08:00', 201],
      // Booked for the evening before, and late.
      ['2026-11-14T23:50:00+08:00', '2026-11-15T00:05:00+08:00', 202],
      // Nobody said what was booked.
      [undefined, '2026-11-15T00:00:00+08:00', 201],
      [undefined, '2026-11-14T23:59:59+08:00', 202],
    ] as const
    for (const [index, [scheduledAt, startedAt, status]] of cases.entries()) {
      const candidate = { id: `S-${index}`, fullName: 'Ada', email: `s${index}@example.com` }
      await fail(blazon, `F-${index}`, '2026-11-01', { candidate })
      const endedAt = '2026-11-15T01:00:00+08:00'
      const times = { startedAt, endedAt, ...(scheduledAt && { scheduledAt }) }
      const answer = await post(blazon, passEvent({ resultId: `P-${index}`, candidate, ...times }))
      t.equal(answer.status, status, `${scheduledAt} ${startedAt}`)
    }
  },
)

onEachDatabase(
  t,
  'a re-score to a pass drops the failure: later waits are computed anew, and a pass that was parked for it is issued',
  async (t, database) => {
    const blazon = await start(t, { database, clock: clockAt('2026-11-30T00:00:00.000Z') })
    await fail(blazon, 'F-1', '2026-09-01')
    await fail(blazon, 'F-2', '2026-10-01')
    t.match(await asked(blazon), { earliest: '2026-11-30', failures: { length: 2 } })
    const parked = passEvent({ resultId: 'P-1', ...at('2026-10-20') })
    t.match(await post(blazon, parked), { status: 202 })
    t.match(await openItems(blazon), [{ kind: 'retake', resultId: 'P-1' }])
    await post(blazon, passEvent({ resultId: 'F-1', revision: 2, ...at('2026-09-01') }))
    t.same((await asked(blazon)).failures, [])
    t.same(await openItems(blazon), [])
    t.match((await post(blazon, parked)).body, {
      result: { state: 'issued' },
      badge: { earnedOn: '2026-10-20' },
    })
  },
)

onEachDatabase(
  t,
  'a pass that is failed or invalidated afterwards is a failure of the day of its exam; under review, it is none',
  async (t, database) => {
    for (const outcome of ['failed', 'invalidated', 'under-review', 'no-show']) {
      const blazon = await start(t, { database })
      const candidate = { id: outcome, fullName: 'Ada', email: `${outcome}@example.com` }
      const resultId = `R-${outcome}`
      const badge = await issue(blazon, { resultId, candidate })
      await post(blazon, passEvent({ resultId, candidate, revision: 2, outcome }))
      const { body } = await eligibility(blazon, outcome, 'exam=PR000001')
      const counts = outcome === 'failed' || outcome === 'invalidated'
      t.same(body.failures, counts ? [{ resultId, date: '2026-11-22', outcome }] : [], outcome)
      t.equal(body.earliest, counts ? '2026-12-06' : undefined)
      t.equal(
        (await get(blazon, badge.links.page)).statusCode,
        outcome === 'under-review' ? 200 : 410,
      )
    }
  },
)

onEachDatabase(
  t,
  'an invalidation that says nothing of times is a failure of the day that the result had, in either order of arrival',
  async (t, database) => {
    for (const revisions of [
      [1, 2],
      [2, 1],
    ]) {
      const blazon = await start(t, { database })
      const id = `C-${revisions.join('')}`
      const candidate = { id, fullName: 'Ada', email: `${id}@example.com` }
      const pass = passEvent({ resultId: id, candidate })
      const { startedAt: _start, endedAt: _end, ...untimed } = pass
      const word = { ...untimed, revision: 2, outcome: 'invalidated' }
      const invalid = { ...word, occurredAt: '2026-11-22T11:50:00+08:00' }
      const sent = { ...pass, ...at('2026-11-12') }
      for (const revision of revisions) await post(blazon, revision === 1 ? sent : invalid)
      const { body } = await eligibility(blazon, id, 'exam=PR000001')
      t.match(body, { earliest: '2026-11-26', failures: [{ date: '2026-11-12' }] })
    }
  },
)
