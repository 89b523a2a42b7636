import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { bodyText } from '../../src/storage/results/results.ts'
import { onEachDatabase } from '../help/databases.ts'
import { adaptersExample, type Started, start, withAdapters } from '../help/start.ts'

const read = (name: string) =>
  JSON.parse(readFileSync(join(adaptersExample, 'samples', name), 'utf8'))
const passed = read('xapi-passed.json')
const voided = read('xapi-voided.json')
const failed = {
  ...passed,
  id: '0b6f2c51-66a6-4a7e-8b7e-0d8f6e4a1c22',
  actor: { ...passed.actor, account: { ...passed.actor.account, name: 'C-779' } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/failed' },
}
const address = '/v1/adapters/xapi/xapi/statements'

type Sent = { method?: 'POST' | 'PUT'; url?: string; headers?: Record<string, string> }

async function send({ app, auth }: Started, payload: object, sent: Sent = {}) {
  const { method = 'POST', url = address, headers = auth } = sent
  const answer = await app.inject({
    method,
    url,
    headers: { 'x-experience-api-version': '1.0.3', ...headers },
    payload,
  })
  return { status: answer.statusCode, body: answer.body && answer.json(), headers: answer.headers }
}

async function record({ tools }: Started, resultId: string) {
  const query = tools.db.selectFrom('result').where('result_id', '=', resultId)
  const row = await query.select(['revision', 'state', bodyText]).executeTakeFirst()
  const badges = await tools.db.selectFrom('badge').select('revoked_at').execute()
  return { ...row, outcome: row && JSON.parse(row.body).outcome, badges }
}

onEachDatabase(
  t,
  'passed and failed statements are results under their ids, answered as xAPI has it',
  async (t, database) => {
    const blazon = await start(t, { database, settings: withAdapters })
    const first = await send(blazon, [passed, failed])
    t.match(first, { status: 200, body: [passed.id, failed.id] })
    t.equal(first.headers['x-experience-api-version'], '1.0.3')
    t.match(await record(blazon, passed.id), { revision: 1, state: 'issued', outcome: 'passed' })
    t.match(await record(blazon, failed.id), { revision: 1, outcome: 'failed' })
    const { body } = await record(blazon, passed.id)
    t.match(JSON.parse(body ?? ''), {
      source: 'lms',
      exam: 'PR000001',
      score: '812',
      endedAt: '2026-11-20T02:12:00Z',
      candidate: {
        id: 'C-778',
        fullName: '张伟',
        email: 'zhang.wei@example.com',
        locale: 'zh-CN',
      },
    })
    t.match(await send(blazon, passed), { status: 200, body: [passed.id] }, 'a replay')
    const other = { ...passed, result: { score: { raw: 1 } } }
    t.equal((await send(blazon, other)).status, 409)
    const fresh = { ...failed, id: '11111111-2222-4333-8444-555555555555' }
    t.equal((await send(blazon, [fresh, other])).status, 409, 'all or none')
    t.notOk((await record(blazon, fresh.id)).revision)
  },
)

onEachDatabase(t, 'a voiding after the statement revokes its badge', async (t, database) => {
  const blazon = await start(t, { database, settings: withAdapters })
  await send(blazon, passed)
  t.match(await send(blazon, voided), { status: 200, body: [voided.id] })
  const after = await record(blazon, passed.id)
  t.match(after, { revision: 2, state: 'recorded', outcome: 'invalidated', badges: [{}] })
  t.ok(after.badges[0]?.revoked_at)
  for (const again of [passed, voided]) t.equal((await send(blazon, again)).status, 200)
  t.same(await record(blazon, passed.id), after, 'both sent again, nothing changes')
})

onEachDatabase(
  t,
  'a voiding before the statement, or with it, lets it mint nothing',
  async (t, database) => {
    const blazon = await start(t, { database, settings: withAdapters })
    t.equal((await send(blazon, voided)).status, 200)
    t.equal((await send(blazon, passed)).status, 200)
    const after = await record(blazon, passed.id)
    t.match(after, { revision: 2, outcome: 'invalidated' })
    t.same(after.badges, [])
    const one = { ...passed, id: 'aaaaaaaa-2222-4333-8444-555555555555' }
    const reference = { objectType: 'StatementRef', id: one.id.toUpperCase() }
    const other = { ...voided, id: 'bbbbbbbb-2222-4333-8444-555555555555', object: reference }
    t.equal((await send(blazon, [one, other])).status, 200)
    t.match(await record(blazon, one.id), { outcome: 'invalidated', badges: { length: 0 } })
  },
)

onEachDatabase(t, 'a voiding at the same time wins in the end', async (t, database) => {
  const blazon = await start(t, { database, settings: withAdapters })
  for (let round = 0; round < 5; round += 1) {
    const id = `${round}aaaaaaa-2222-4333-8444-555555555555`
    const end = `2026-11-1${round}T10:12:00Z`
    const one = {
      ...passed,
      id,
      timestamp: end,
      context: {
        ...passed.context,
        extensions: {
          'https://lms.example.com/xapi/email': 'zhang.wei@example.com',
        },
      },
    }
    const object = { objectType: 'StatementRef', id }
    const two = { ...voided, id: `${round}bbbbbbb-2222-4333-8444-555555555555`, object }
    await Promise.all([send(blazon, one), send(blazon, two)])
    t.match(await record(blazon, id), { revision: 2, outcome: 'invalidated' })
  }
  const badges = await blazon.tools.db.selectFrom('badge').select('revoked_at').execute()
  t.ok(badges.every(({ revoked_at }) => revoked_at !== null))
})

t.test('a statement can be put under its id, with Basic credentials and version 2.0', async (t) => {
  const blazon = await start(t, { settings: withAdapters })
  const basic = Buffer.from(`anything:${blazon.key}`).toString('base64')
  const { id, ...rest } = passed
  const put = await send(blazon, rest, {
    method: 'PUT',
    url: `${address}?statementId=${id}`,
    headers: { authorization: `Basic ${basic}`, 'x-experience-api-version': '2.0.0' },
  })
  t.match(put, { status: 204, body: '' })
  t.equal(put.headers['x-experience-api-version'], '2.0.0')
  t.match(await record(blazon, id), { state: 'issued' })
  const again = { method: 'PUT', url: `${address}?statementId=${id}` } as const
  t.equal((await send(blazon, passed, again)).status, 204)
  t.equal((await send(blazon, { ...passed, result: {} }, again)).status, 409)
})
