import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { IntakeAnswer } from '../../schemas/badge.ts'
import { onEachDatabase } from '../help/databases.ts'
import { adaptersExample, type Started, start, withAdapters } from '../help/start.ts'

const sample = JSON.parse(readFileSync(join(adaptersExample, 'samples/psi-result.json'), 'utf8'))

async function put({ app, auth }: Started, payload: object, id = 'A-1') {
  const url = `/v1/adapters/psi/results/${id}`
  const answer = await app.inject({ method: 'PUT', url, headers: auth, payload })
  return { status: answer.statusCode, body: answer.json() as IntakeAnswer }
}

onEachDatabase(
  t,
  'the sample of PSI mints; put again it is a replay, changed it is the next revision, back and forth',
  async (t, database) => {
    const blazon = await start(t, { database, settings: withAdapters })
    const first = await put(blazon, sample)
    t.match(first, {
      status: 201,
      body: {
        result: { source: 'psi', resultId: 'A-1', revision: 1, state: 'issued' },
        badge: { state: 'valid', achievement: 'practitioner', earnedOn: '2026-11-20' },
      },
    })
    t.match(await put(blazon, { ...sample }), { status: 200, body: { result: { revision: 1 } } })
    t.match(await put(blazon, { ...sample, result: 'NA', score: 'under investigation' }), {
      status: 200,
      body: { result: { revision: 2, state: 'recorded' }, badge: { state: 'suspended' } },
    })
    t.match(await put(blazon, sample), {
      status: 200,
      body: { result: { revision: 3, state: 'issued' }, badge: { state: 'valid' } },
    })
    t.match(await put(blazon, { ...sample, result: 'FAIL' }), {
      body: { result: { revision: 4 }, badge: { state: 'revoked' } },
    })
    t.match(await put(blazon, { ...sample, result: 'FAIL', testSite: '7' }), {
      body: { result: { revision: 4 } },
    })
  },
)

onEachDatabase(
  t,
  'many puts of one result at once: each body is one revision, and there is one badge',
  async (t, database) => {
    const blazon = await start(t, { database, settings: withAdapters })
    const bodies = Array.from({ length: 12 }, (_, index) => ({ ...sample, score: `${index % 3}` }))
    const answers = await Promise.all(bodies.map((body) => put(blazon, body)))
    t.ok(answers.every(({ status }) => status < 300))
    const { db } = blazon.tools
    const messages = await db.selectFrom('result_message').select(['revision', 'body']).execute()
    const revisions = messages.map(({ revision }) => revision).toSorted((a, b) => a - b)
    t.same(
      revisions,
      revisions.map((_, index) => index + 1),
      'without gaps',
    )
    const scores = messages.toSorted((a, b) => a.revision - b.revision).map(({ body }) => body)
    const plain = scores.map((body) => JSON.parse(body).score)
    t.ok(plain.every((score, index) => score !== plain[index - 1]))
    t.equal((await db.selectFrom('badge').select('id').execute()).length, 1)
  },
)

t.test(
  'a code that the table has not is taken as it is, and parked when it is nobody’s',
  async (t) => {
    const blazon = await start(t, { settings: withAdapters })
    t.match(await put(blazon, { ...sample, testCode: 'PR000002' }, 'A-2'), {
      status: 201,
      body: { badge: { achievement: 'solutions-architect-associate' } },
    })
    t.match(await put(blazon, { ...sample, testCode: 'NW-NEW' }, 'A-3'), {
      status: 202,
      body: { result: { state: 'parked', reason: /no exam NW-NEW/ } },
    })
  },
)
