import type { KyselyPlugin } from 'kysely'
import t from 'tap'
import { createApiKey } from '../../src/actions/operating/create-api-key.ts'
import { runDueJobs } from '../../src/jobs/run-jobs.ts'
import { planJobs } from '../../src/storage/jobs/jobs.ts'
import { onEachDatabase } from '../help/databases.ts'
import { get, issue, passEvent, post, type Started, start } from '../help/start.ts'

const due = '2026-11-22T03:59:00.000Z'
const later = '2028-01-01T00:00:00.000Z'

async function scrape({ app, auth }: Started) {
  const answer = await app.inject({ url: '/metrics', headers: auth })
  const lines = answer.body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const values = new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
  return { answer, lines, values }
}

onEachDatabase(t, 'the metrics agree with the tables', async (t, database) => {
  const blazon = await start(t, { database })
  const { tools } = blazon
  const badge = await issue(blazon)
  await post(blazon, passEvent())
  const other = { ...passEvent().candidate, id: 'C-9', email: 'li.na@example.com' }
  await post(blazon, passEvent({ resultId: 'R-2', candidate: other, outcome: 'failed' }))
  await post(blazon, passEvent({ resultId: 'R-3', candidate: other, released: false }))
  await post(blazon, passEvent({ resultId: 'R-4' }))
  const plan = (key: string, runAt: string) => ({ kind: 'work', key, runAt })
  await planJobs(tools.db, [
    plan('work:1', due),
    plan('work:2', due),
    plan('work:3', due),
    plan('work:4', later),
  ])
  let runs = 0
  await runDueJobs(tools, {
    work: async () => {
      runs += 1
      if (runs === 1) throw new Error('no')
      return runs === 2 ? { again: later } : undefined
    },
  })
  await planJobs(tools.db, [plan('work:5', due), plan('work:6', due), plan('work:7', due)])
  const set = (key: string, state: 'running' | 'failed') =>
    tools.db.updateTable('job').set({ state }).where('key', '=', key).execute()
  await set('work:6', 'running')
  await set('work:7', 'failed')
  await get(blazon, badge.links.page)
  await get(blazon, badge.links.page)
  await get(blazon, '/nothing/here')

  const { answer, lines, values } = await scrape(blazon)
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8')
  t.equal(answer.headers['cache-control'], 'no-store')
  const form = /^[a-z0-9_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? (\d[\d.e+-]*|NaN|\+Inf)$/
  t.same(
    lines.filter((line) => !form.test(line)),
    [],
  )

  const badges = await tools.db
    .selectFrom('badge')
    .select('id')
    .where('issued_at', 'is not', null)
    .execute()
  t.equal(values.get('blazon_badges_minted_total'), badges.length)
  t.equal(badges.length, 1)
  const results = (state: string, how: string) =>
    values.get(`blazon_results_total{state="${state}",how="${how}"}`)
  t.equal(results('issued', 'minted'), 1)
  t.equal(results('issued', 'replayed'), 1)
  t.equal(results('recorded', 'recorded'), 1)
  t.equal(results('held', 'pending'), 1)
  t.equal(results('parked', 'pending'), 1)
  const kept = await tools.db.selectFrom('result_message').select('revision').execute()
  t.equal(kept.length, 4, 'and one was a replay')

  for (const [state, count] of Object.entries({ due: 1, running: 1, failed: 1 }))
    t.equal(values.get(`blazon_jobs{kind="work",state="${state}"}`), count, state)
  t.equal(values.get('blazon_jobs_oldest_due_seconds{kind="work"}'), 60)
  t.equal(values.get('blazon_jobs_oldest_due_seconds{kind="mail"}'), 0)
  for (const outcome of ['failed', 'again', 'done'])
    t.equal(values.get(`blazon_job_runs_total{kind="work",outcome="${outcome}"}`), 1, outcome)

  const requests = (method: string, route: string, status: number) =>
    values.get(`blazon_http_requests_total{method="${method}",route="${route}",status="${status}"}`)
  t.equal(requests('POST', '/v1/exam-results', 201), 1)
  t.equal(requests('GET', '/b/:slug', 200), 2)
  t.equal(requests('GET', 'none', 404), 1)
  t.equal(values.get('blazon_http_request_seconds_count{route="/b/:slug"}'), 2)
  for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes'])
    t.ok(values.has(name), name)
})

t.test('the metrics name nobody and no address, whatever was asked for', async (t) => {
  const blazon = await start(t as never)
  const badge = await issue(blazon)
  const privateBadge = await issue(blazon, {
    visibility: 'private',
    resultId: 'R-77',
    candidate: { id: 'C-Secret', fullName: 'Ada Secret', email: 'ada@secret.example' },
  })
  for (const { links } of [badge, privateBadge]) await get(blazon, links.page)
  await get(blazon, '/b/no-such-slug-here-00000?q=ada@secret.example')
  await blazon.app.inject({ url: `/v1/badges/${badge.id}`, headers: blazon.auth })
  await blazon.app.inject({
    url: '/v1/candidates/webassessor/C-Secret/eligibility?exam=PR000001',
    headers: blazon.auth,
  })
  const { answer } = await scrape(blazon)
  t.match(answer.body, 'route="/v1/candidates/:source/:id/eligibility"')
  t.notMatch(
    answer.body,
    /secret|zhang|webassessor|R-2026|R-77|C-778|PR000001|no-such-slug|@|[0-9a-f]{8}-[0-9a-f]{4}/i,
  )
  for (const { id, links, certificationNumber } of [badge, privateBadge])
    for (const secret of [id, certificationNumber, links.page.split('/').at(-1) ?? ''])
      t.notOk(answer.body.includes(secret))
})

t.test('a scrape asks for the key and for jobs, and for no badge', async (t) => {
  const blazon = await start(t as never)
  await issue(blazon)
  const tables = new Set<string>()
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      for (const [, name = ''] of JSON.stringify(node).matchAll(
        /"table":\{"kind":"SchemableIdentifierNode","identifier":\{"kind":"IdentifierNode","name":"(\w+)"/g,
      ))
        tables.add(name)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  Object.assign(blazon.tools, { db: blazon.tools.db.withPlugin(plugin) })
  t.equal((await scrape(blazon)).answer.statusCode, 200)
  t.same([...tables].sort(), ['api_key', 'job'])
})

t.test('metrics need a key with the scope metrics:read', async (t) => {
  const blazon = await start(t as never)
  t.equal((await get(blazon, '/metrics')).statusCode, 401)
  const key = await createApiKey(blazon.tools, { name: 'reader', scopes: ['badges:read'] })
  const answer = await get(blazon, '/metrics', { authorization: `Bearer ${key}` })
  t.equal(answer.statusCode, 403)
  t.match(answer.json(), { detail: /metrics:read/ })
})
