import t, { type Test } from 'tap'
import type { ReviewDecision } from '../../schemas/review.ts'
import { type ReviewKind, reviewActions } from '../../src/domain/rules/review.ts'
import { onEachDatabase } from '../help/databases.ts'
import { askFor, signedIn, wish } from '../help/names.ts'
import { changedProgramme } from '../help/programme.ts'
import { decide, eligibility, openItems } from '../help/review.ts'
import { change, issue, passEvent, post, type Started, start } from '../help/start.ts'

const at = (day: string) => ({
  startedAt: `${day}T09:00:00+08:00`,
  endedAt: `${day}T10:00:00+08:00`,
})
const last = passEvent()
const other = { ...last.candidate, id: 'C-9', email: 'other@example.com' }

/** What has to happen for each kind of question to be asked; the message that it is about comes last. */
const causes: Record<ReviewKind | 'damaged-name', (blazon: Started) => Promise<unknown>> = {
  'unknown-exam': (blazon) => post(blazon, { ...last, exam: 'PR999999' }),
  duplicate: async (blazon) => {
    await issue(blazon, { resultId: 'R-1', score: '700' })
    await post(blazon, last)
  },
  'content-unknown': (blazon) => post(blazon, { ...last, outcome: 'aborted' }),
  retake: async (blazon) => {
    await post(blazon, passEvent({ resultId: 'R-1', outcome: 'failed', ...at('2026-11-10') }))
    await post(blazon, last)
  },
  revoked: async (blazon) => {
    const { id } = await issue(blazon)
    await change(blazon, id, 'revoke', { class: 'withdrawn' })
    await post(blazon, { ...last, revision: 2 })
  },
  early: async (blazon) => {
    await issue(blazon, { resultId: 'R-1', ...at('2026-06-01') })
    await post(blazon, last)
  },
  overlap: async (blazon) => {
    await issue(blazon, { resultId: 'R-1', candidate: other, ...at('2026-06-01') })
    await issue(blazon)
    const key = (id: string) => ({ source: last.source, id })
    await blazon.app.inject({
      method: 'POST',
      url: '/v1/candidates/merge',
      headers: blazon.auth,
      payload: { into: key('C-9'), from: key('C-778') },
    })
  },
  'second-account': async (blazon) => {
    await issue(blazon, { resultId: 'R-1', candidate: { ...last.candidate, id: 'C-9' } })
    await post(blazon, last)
  },
  'unprintable-name': (blazon) =>
    post(blazon, { ...last, candidate: { ...last.candidate, fullName: '张伟 🙂' } }),
  'damaged-name': (blazon) =>
    post(blazon, { ...last, candidate: { ...last.candidate, fullName: 'JosÃ© Luis' } }),
  'somebody-else': async (blazon) => {
    await issue(blazon, {
      candidate: { ...other, fullName: 'Li Na', latinName: 'Li Na' },
      ...at('2026-11-20'),
    })
    await post(blazon, { ...last, revision: 2 })
  },
  'name-correction': async (blazon) => {
    const { id } = await issue(blazon)
    await askFor(await signedIn(blazon, last.candidate.email), id, wish)
  },
}

type Case = [
  kind: ReviewKind,
  action: ReviewDecision['action'],
  state: string,
  live: number,
  failures: number,
]

/** What follows from each decision: the state of the last result, how many badges live, and how many failures count. */
const cases: Case[] = [
  ['unknown-exam', 'dismiss', 'recorded', 0, 0],
  ['duplicate', 'ignore', 'recorded', 1, 0],
  ['duplicate', 'separate', 'issued', 2, 0],
  ['content-unknown', 'count', 'recorded', 0, 1],
  ['content-unknown', 'ignore', 'recorded', 0, 0],
  ['retake', 'issue', 'issued', 1, 0],
  ['retake', 'deny', 'recorded', 0, 1],
  ['revoked', 'deny', 'recorded', 0, 0],
  ['revoked', 'issue', 'issued', 1, 0],
  ['early', 'issue', 'issued', 2, 0],
  ['early', 'deny', 'recorded', 1, 0],
  ['overlap', 'supersede', 'recorded', 1, 0],
  ['overlap', 'keep', 'issued', 2, 0],
  ['second-account', 'merge', 'parked', 1, 0],
  ['second-account', 'dismiss', 'issued', 2, 0],
  ['unprintable-name', 'dismiss', 'issued', 1, 0],
  ['unprintable-name', 'release', 'issued', 1, 0],
  ['somebody-else', 'refuse', 'issued', 1, 0],
  ['somebody-else', 'accept', 'issued', 1, 0],
  ['name-correction', 'approve', 'issued', 1, 0],
  ['name-correction', 'refuse', 'issued', 1, 0],
]

t.test('every action on every kind of question is in the table below', async (t) => {
  const all = Object.entries(reviewActions).flatMap(([kind, actions]) =>
    actions.map((action) => `${kind} ${action}`),
  )
  t.same(cases.map(([kind, action]) => `${kind} ${action}`).toSorted(), all.toSorted())
})

const asking = (t: Test) =>
  changedProgramme(t, ({ achievements }) => {
    for (const { renewal } of achievements) if (renewal) renewal.passOutsideWindow = 'ask'
  })

for (const [kind, action, state, live, failures] of cases)
  onEachDatabase(
    t,
    `${kind}, ${action}: done at once, on the audit log once, and the same again changes nothing`,
    async (t, database) => {
      const settings = kind === 'early' ? { PROGRAMME_FILE: asking(t) } : {}
      const blazon = await start(t, { database, settings })
      await causes[action === 'release' ? 'damaged-name' : kind](blazon)
      const [item, ...others] = await openItems(blazon)
      // What our fonts do not have cannot be released; only a damaged name that is right.
      const actions = reviewActions[kind].filter((each) => each !== 'release' || each === action)
      t.match(item, { kind, actions, reason: /\.$/ })
      t.same(others, [])
      const id = item?.id ?? ''
      const decided = await decide(blazon, id, action)
      t.match(decided, { status: 200, body: { state: 'decided', decision: action } })
      const after = await present(blazon)
      t.same(after, { state, live, failures })
      t.same(await decide(blazon, id, action), decided)
      t.same(await present(blazon), after)
      const otherwise = actions.find((each) => each !== action) ?? 'revoke'
      t.equal((await decide(blazon, id, otherwise)).status, 409)
      t.notOk((await openItems(blazon)).some((each) => each.id === id))
      const log = await blazon.tools.db
        .selectFrom('audit')
        .select(['at', 'actor', 'subject', 'details'])
        .where('action', '=', 'review.decided')
        .execute()
      t.match(log, [{ at: blazon.clock.now(), actor: /^api-key:/, subject: id }])
      t.equal(log.length, 1)
      t.same(JSON.parse(log[0]?.details ?? ''), { kind, decision: action })
    },
  )

async function present(blazon: Started) {
  const { db } = blazon.tools
  const result = await db
    .selectFrom('result')
    .select('state')
    .where('result_id', '=', last.resultId)
    .executeTakeFirst()
  const live = await db.selectFrom('badge').select('id').where('revoked_at', 'is', null).execute()
  const { body } = await eligibility(blazon, 'C-778', 'exam=PR000001')
  return { state: result?.state, live: live.length, failures: body.failures.length }
}

onEachDatabase(
  t,
  'a badge issued in spite of the rule can be revoked under that question only while the rule is broken',
  async (t, database) => {
    const blazon = await start(t, { database })
    await causes.retake(blazon)
    const [item] = await openItems(blazon)
    const id = item?.id ?? ''
    await decide(blazon, id, 'issue')
    const early = passEvent({
      resultId: 'R-1',
      revision: 2,
      outcome: 'no-show',
      ...at('2026-11-10'),
    })
    await post(blazon, early)
    const refused = await decide(blazon, id, 'revoke')
    t.match(refused, { status: 409, body: { detail: /no longer breaks.*\/v1\/badges/ } })
    t.match((await post(blazon, last)).body, { badge: { state: 'valid' } })
    await post(blazon, { ...early, revision: 3, outcome: 'failed' })
    t.match(await decide(blazon, id, 'revoke'), { status: 200, body: { decision: 'revoke' } })
    t.match((await post(blazon, last)).body, { badge: { state: 'revoked' } })
  },
)

onEachDatabase(
  t,
  'a dismissed second account stays dismissed, until somebody else joins the two',
  async (t, database) => {
    const blazon = await start(t, { database })
    await causes['second-account'](blazon)
    const [item] = await openItems(blazon)
    await decide(blazon, item?.id ?? '', 'dismiss')
    await post(blazon, { ...last, revision: 2, score: '813' })
    t.same(await openItems(blazon), [])
    await issue(blazon, { resultId: 'R-3', candidate: { ...last.candidate, id: 'C-10' } })
    t.match(await openItems(blazon), [
      { kind: 'second-account', facts: { candidates: { length: 3 } } },
    ])
  },
)
