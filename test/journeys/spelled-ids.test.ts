import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { eligibility } from '../help/review.ts'
import {
  adaptersExample,
  issue,
  passEvent,
  type Started,
  post as send,
  start,
  withAdapters,
} from '../help/start.ts'

const { candidate } = passEvent()
const psi = readFileSync(join(adaptersExample, 'samples', 'psi-result.json'), 'utf8')

async function post({ app, auth }: Started, url: string, payload: object) {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { ...auth, 'content-type': 'application/json' },
    payload: JSON.stringify(payload),
  })
  return { status: answer.statusCode, body: answer.json() }
}

const spellings = ['É-7', ' É-7', 'É-7 ', '\u00a0É-7\u00a0', 'E\u0301-7', ' E\u0301-7\t']

for (const id of spellings) {
  const named = JSON.stringify(id)
  onEachDatabase(
    t,
    `operators merge a candidate by any spelling: ${named}`,
    async (t, database) => {
      const blazon = await start(t, { database })
      const { source } = await two(blazon)
      const merge = { into: { source, id: candidate.id }, from: { source, id } }
      const answer = await post(blazon, '/v1/candidates/merge', merge)
      t.equal(answer.status, 200, JSON.stringify(answer.body))
      t.equal(answer.body.candidates.length, 2)
    },
  )

  onEachDatabase(
    t,
    `operators erase a candidate by any spelling: ${named}`,
    async (t, database) => {
      const blazon = await start(t, { database })
      const { source } = await two(blazon)
      const url = `/v1/candidates/${source}/${encodeURIComponent(id)}/erase`
      const answer = await post(blazon, url, { copies: 'keep' })
      t.equal(answer.status, 200, JSON.stringify(answer.body))
      t.same(await ids(blazon), [candidate.id])
    },
  )
}

onEachDatabase(
  t,
  'a candidate that an earlier version kept with spaces is erased',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { source } = await two(blazon)
    const { db } = blazon.tools
    await db.insertInto('person').values({ id: 'old' }).execute()
    const kept = await db.selectFrom('candidate').selectAll().executeTakeFirstOrThrow()
    await db
      .insertInto('candidate')
      .values({ ...kept, candidate_id: 'É-7 ', person_id: 'old', email: '', mark: null })
      .execute()
    const url = `/v1/candidates/${source}/${encodeURIComponent('É-7 ')}/erase`
    t.equal((await post(blazon, url, { copies: 'keep' })).status, 200)
    t.same(await ids(blazon), [candidate.id, 'É-7'].toSorted(), 'and nobody else')
  },
)

onEachDatabase(
  t,
  'any spelling of an id in an address finds its row: eligibility, and results of vendors',
  async (t, database) => {
    const blazon = await start(t, { database, settings: withAdapters })
    const holder = { ...candidate, id: 'É-7' }
    const failed = { outcome: 'failed', startedAt: undefined, candidate: holder }
    await send(blazon, passEvent({ ...failed, endedAt: '2026-11-20T10:00:00Z' }))
    const made: string[] = []
    for (const spelled of spellings) {
      const id = encodeURIComponent(spelled)
      const answer = await eligibility(blazon, id, 'exam=PR000001')
      t.match(answer, { status: 200, body: { eligible: false, failures: [{}] } }, id)
      const put = await blazon.app.inject({
        method: 'PUT',
        url: `/v1/adapters/psi/results/${id}`,
        headers: { ...blazon.auth, 'content-type': 'application/json' },
        payload: psi,
      })
      t.match(put.json(), { result: { resultId: 'É-7', revision: 1, state: 'issued' } }, id)
      made.push(put.json().badge.id)
    }
    t.equal(new Set(made).size, 1, 'one badge')
  },
)

async function two(blazon: Started) {
  await issue(blazon)
  const other = { ...candidate, id: 'É-7', fullName: 'Nia Okafor', email: 'nia@example.org' }
  await issue(blazon, { resultId: 'R-7', candidate: other })
  return blazon.tools.db.selectFrom('candidate').select('source').executeTakeFirstOrThrow()
}

async function ids({ tools }: Started) {
  const rows = await tools.db.selectFrom('candidate').select('candidate_id').execute()
  return rows.map((row) => row.candidate_id).toSorted()
}
