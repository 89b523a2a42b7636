import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { ImportReport } from '../../schemas/import-report.ts'
import { bodyText } from '../../src/storage/results/results.ts'
import { onEachDatabase } from '../help/databases.ts'
import { adaptersExample, type Started, start, withAdapters } from '../help/start.ts'

const sample = readFileSync(join(adaptersExample, 'samples/pearson-vue.csv'), 'utf8')

async function send({ app, auth }: Started, payload: string) {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/adapters/pearson-vue/files',
    headers: { ...auth, accept: 'application/json', 'content-type': 'text/csv' },
    payload,
  })
  return { status: answer.statusCode, ...(answer.json() as ImportReport) }
}

onEachDatabase(
  t,
  'the sample file of Pearson VUE: a pass, a failure, one that is held, one that lacks its end; then the release',
  async (t, database) => {
    const blazon = await start(t, { database, settings: withAdapters })
    const first = await send(blazon, sample)
    t.equal(first.status, 200)
    t.same(first.counts, { accepted: 3, replayed: 0, parked: 0, refused: 1, failed: 0 })
    t.match(first.rows, [
      { row: 2, resultId: '410000123', revision: 1, outcome: 'accepted', state: 'issued' },
      { row: 3, resultId: '410000124', outcome: 'accepted', state: 'recorded' },
      { row: 4, resultId: '410000125', outcome: 'accepted', state: 'held', reason: /released/ },
      {
        row: 5,
        resultId: '410000126',
        outcome: 'refused',
        errors: [{ path: '/endedAt', message: /^endedAt is missing.* read from “Exam End”\.$/ }],
      },
    ])
    const row = await blazon.tools.db
      .selectFrom('result')
      .select(bodyText)
      .where('result_id', '=', '410000123')
      .executeTakeFirstOrThrow()
    t.match(JSON.parse(row.body), { endedAt: '2026-11-20T02:12:00Z' }, 'in the vendor’s zone')
    const released = await send(blazon, sample.replace('HELD', 'RELEASED'))
    t.same(released.counts, { accepted: 1, replayed: 2, parked: 0, refused: 1, failed: 0 })
    t.match(released.rows[2], { revision: 2, outcome: 'accepted', state: 'issued' })
  },
)

t.test(
  'a file that lacks columns is refused with each of them, before anything is kept',
  async (t) => {
    const blazon = await start(t, { settings: withAdapters })
    const { app, auth, tools } = blazon
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/adapters/pearson-vue/files',
      headers: { ...auth, accept: 'application/json', 'content-type': 'text/csv' },
      payload: sample.replace('Grade', 'Result').replace('Exam End,', 'End,'),
    })
    t.equal(answer.statusCode, 422)
    t.match(answer.json(), {
      errors: [
        {
          path: '/columns/Grade',
          message: 'The column Grade is missing; outcome is read from it.',
        },
        { path: '/columns/Exam End' },
      ],
    })
    t.same(await tools.db.selectFrom('result').select('result_id').execute(), [])
  },
)

t.test('a file with two columns of a name that is read is refused', async (t) => {
  const blazon = await start(t, { settings: withAdapters })
  const answer = await send(blazon, sample.replace('Site', 'Grade'))
  t.match(answer, {
    status: 422,
    errors: [
      {
        path: '/columns/Grade',
        message: 'The column Grade is there twice; outcome is read from it.',
      },
    ],
  })
})
