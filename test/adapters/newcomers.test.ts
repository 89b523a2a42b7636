import t from 'tap'
import type { ExamResult } from '../../schemas/exam-result.ts'
import { acceptArrived } from '../../src/actions/intake/accept-arrived.ts'
import { acceptExamResult, subjectsOf } from '../../src/actions/intake/accept-exam-result.ts'
import { importResults } from '../../src/actions/intake/import-results.ts'
import { dieAtEachStep, fused } from '../crash/die-at-each-step.ts'
import { type Database, onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { passEvent, type Started, start } from '../help/start.ts'

type Changes = Partial<Omit<ExamResult, 'candidate'>> & {
  candidate?: Partial<ExamResult['candidate']>
}

/** A result of a candidate of its own. */
function message(number: number, { candidate, ...changes }: Changes = {}): ExamResult {
  return passEvent({
    resultId: `R-${number}`,
    candidate: {
      ...passEvent().candidate,
      id: `C-${number}`,
      email: `c-${number}@example.com`,
      ...candidate,
    },
    ...changes,
  }) as ExamResult
}

const erased = message(90)
const failed = message(91, { outcome: 'failed' })
/** What is on record before the others arrive; the candidates of two of them are erased then. */
const before = [message(80), erased, failed]

const all: ExamResult[] = [
  ...[1, 2, 3].map((number) => message(number)),
  message(4, { outcome: 'failed' }),
  message(5, { released: false }),
  message(6, { outcome: 'under-review' }),
  message(7, { exam: 'PR999999' }),
  message(8, { exam: 'PR000003', revision: 7 }),
  message(9, { endedAt: '2026-12-24T10:12:00+08:00', startedAt: '2026-12-24T09:00:00+08:00' }),
  message(10, { outcome: 'no-show' }),
  message(11, { candidate: { birthDate: '1990-02-03' } }),
  // Two candidates with one address, and two with one name and birth date.
  ...[12, 13].map((number) => message(number, { candidate: { email: 'office@example.com' } })),
  ...[14, 15].map((number) =>
    message(number, { candidate: { fullName: 'Nia Okoro', birthDate: '1991-05-06' } }),
  ),
  message(16, { candidate: { fullName: 'Zhang Wei 🙂' } }),
  message(17, { candidate: { fullName: 'JosÃ© Okoro' } }),
  // Two results of one candidate, and two messages about one result.
  message(18, {
    outcome: 'failed',
    endedAt: '2026-11-01T10:12:00+08:00',
    startedAt: '2026-11-01T09:00:00+08:00',
  }),
  message(19, { candidate: { id: 'C-18' } }),
  message(20),
  message(20, { revision: 2, outcome: 'invalidated' }),
  // On record: the candidate, the address, the result, the whole message.
  message(21, { candidate: { id: 'C-80' } }),
  message(22, { candidate: { email: 'c-80@example.com' } }),
  message(80, { revision: 2, outcome: 'failed' }),
  message(80),
  // Erased: the result, and somebody who failed and comes back.
  erased,
  message(23, { candidate: { id: 'C-91' }, endedAt: '2026-11-22T10:20:00+08:00' }),
  ...[24, 25].map((number) => message(number)),
]

/** Everything that is on record, with each random id replaced by what it belongs to. */
async function everything({ tools: { db } }: Started) {
  const badges = await db.selectFrom('badge').selectAll().execute()
  const people = await db.selectFrom('candidate').selectAll().execute()
  const credentials = await db.selectFrom('credential').selectAll().execute()
  const names = new Map([
    ...badges.map((badge) => [badge.id, `badge of ${badge.result_id}`] as const),
    ...badges.map((badge) => [badge.certification_number, `number of ${badge.result_id}`] as const),
    ...people.map((each) => [each.person_id, `person of ${each.candidate_id}`] as const),
  ])
  const named = (text: string) =>
    [...names].reduce((changed, [id, name]) => changed.replaceAll(id, name), text)
  const random = ['id', 'slug', 'hosted_id', 'subject_id', 'recipient_hash', 'recipient_salt']
  const ownIds = ['assertion_id', 'credential_id', 'status_index', 'data_integrity']
  const table = (rows: object[], without: string[]) =>
    rows
      .map((row) =>
        named(
          JSON.stringify(row, (key, value) =>
            without.includes(key) ? typeof value : (value as unknown),
          ),
        ),
      )
      .toSorted()
  const read = (name: 'result' | 'result_message' | 'review_item' | 'job' | 'audit') =>
    db.selectFrom(name).selectAll().execute()
  return {
    badges: table(badges, random),
    credentials: table(credentials, [...random, ...ownIds]),
    people: table(people, []),
    results: table(await read('result'), []),
    messages: table(await read('result_message'), []),
    review: table(await read('review_item'), ['id']),
    jobs: table(await read('job'), []),
    audit: table(
      (await read('audit')).filter(({ subject }) => names.has(subject)),
      ['id'],
    ),
    numbers: (await db.selectFrom('certification').selectAll().execute()).length,
    persons: (await db.selectFrom('person').selectAll().execute()).length,
    lists: await db.selectFrom('status_list').select(['id', 'used']).execute(),
  }
}

/** A Blazon that has seen some candidates, of whom two are erased. */
async function startWithSome(t: Parameters<typeof start>[0], database: Database) {
  const blazon = await start(t, { database })
  for (const each of before) await acceptExamResult(blazon.tools, { message: each, actor: 'test' })
  for (const { candidate } of [erased, failed])
    await blazon.app.inject({
      method: 'POST',
      url: `/v1/candidates/webassessor/${candidate.id}/erase`,
      headers: blazon.auth,
      payload: { copies: 'keep' },
    })
  return blazon
}

onEachDatabase(
  t,
  'a file leaves the same on record as its rows one by one, and answers the same',
  async (t, database) => {
    const [inFile, alone] = [
      await startWithSome(t, database),
      await startWithSome(t, await sqliteDatabase(t)),
    ]
    const { rows } = await importResults(inFile.tools, {
      rows: all.map((message, index) => ({ row: index + 1, message })),
      actor: 'test',
    })
    const answers = []
    for (const message of all) {
      const { result, how } = await acceptExamResult(alone.tools, { message, actor: 'test' })
      answers.push({ ...result, replayed: how === 'replayed' })
    }
    t.same(
      rows.map(({ resultId, state, reason }) => ({ resultId, state, reason })),
      answers.map(({ resultId, state, reason }) => ({ resultId, state, reason })),
    )
    t.same(
      rows.map(({ outcome }) => outcome === 'replayed'),
      answers.map(({ replayed }) => replayed),
    )
    t.same(await everything(inFile), await everything(alone))
    t.notMatch(inFile.log.join(''), 'together', 'nothing failed on the way')
  },
)

onEachDatabase(t, 'so do results that arrive at one time', async (t, database) => {
  const [atOnce, alone] = [
    await startWithSome(t, database),
    await startWithSome(t, await sqliteDatabase(t)),
  ]
  const latest = new Map<string, Promise<unknown>>()
  const answers = await Promise.all(
    all.map((message) => {
      const subjects = subjectsOf(message)
      const before = subjects.flatMap((subject) => latest.get(subject) ?? [])
      const accept = () => acceptArrived(atOnce.tools, { message, actor: 'test' })
      const answer = before.length === 0 ? accept() : Promise.all(before).then(accept)
      for (const subject of subjects) latest.set(subject, answer)
      return answer
    }),
  )
  for (const [index, message] of all.entries()) {
    const { badge, ...answer } = await acceptExamResult(alone.tools, { message, actor: 'test' })
    const { badge: ours, ...our } = answers[index] ?? {}
    t.same(our, answer)
    t.equal(ours?.state, badge?.state)
  }
  t.same(await everything(atOnce), await everything(alone))
  t.notMatch(atOnce.log.join(''), 'together', 'nothing failed on the way')
})

onEachDatabase(
  t,
  'two processes that get two messages about a new result at one time agree about it',
  async (t, database) => {
    const [one, other] = [await start(t, { database }), await start(t, { database })]
    const correction = (round: number) =>
      message(round, {
        revision: 2,
        outcome: 'failed',
        candidate: { id: `D-${round}`, email: `d-${round}@example.com` },
      })
    const rounds = Array.from({ length: 20 }, (_, round) => round)
    for (const round of rounds)
      await Promise.all([
        acceptArrived(one.tools, { message: message(round), actor: 'test' }),
        acceptArrived(other.tools, { message: correction(round), actor: 'test' }),
      ])
    const results = await one.tools.db
      .selectFrom('result')
      .select(['result_id', 'revision', 'candidate_id', 'state'])
      .execute()
    t.same(
      results
        .map(({ revision, candidate_id, state }) => [revision, candidate_id, state])
        .toSorted(),
      rounds.map((round) => [2, `D-${round}`, 'recorded']).toSorted(),
    )
  },
)

onEachDatabase(
  t,
  'a crash at any step of a file of newcomers keeps all of them or none, and the file again mints each once',
  async (t, database) => {
    const rows = (round: number) =>
      [0, 1, 2].map((each) => ({ row: each + 1, message: message(1000 + round * 3 + each) }))
    const rounds = await dieAtEachStep(
      t,
      database,
      (started, fuse, round) =>
        importResults(fused(started, fuse), { rows: rows(round), actor: 'test' }),
      async (next, round) => {
        const ids = rows(round).map(({ message: { resultId } }) => resultId)
        const badgesNow = () =>
          next.tools.db
            .selectFrom('badge')
            .innerJoin('credential', 'credential.badge_id', 'badge.id')
            .select(['issued_at', 'data_integrity'])
            .where('result_id', 'in', ids)
            .execute()
        const kept = await badgesNow()
        t.ok([0, 3].includes(kept.length), `round ${round}: ${kept.length} badges after the crash`)
        const report = await importResults(next.tools, { rows: rows(round), actor: 'test' })
        t.equal(report.counts[kept.length === 0 ? 'accepted' : 'replayed'], 3)
        const badges = await badgesNow()
        t.equal(badges.length, 3)
        t.ok(badges.every(({ issued_at, data_integrity }) => issued_at && data_integrity))
      },
    )
    t.ok(rounds > 20, `died at ${rounds - 1} different steps`)
  },
)
