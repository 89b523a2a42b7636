import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { pollJobs } from '../../src/actions/intake/poll-results.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { planStanding, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { adaptersExample, passEvent, type Started, start, withAdapters } from '../help/start.ts'
import { sampleResults, startVendor } from '../help/vendor.ts'

/** One domain in every way that people, spreadsheets and browsers write it. */
const spellings = [
  'bücher.example',
  'xn--bcher-kva.example',
  'XN--BCHER-KVA.EXAMPLE',
  'BÜCHER.Example',
  'bu\u0308cher.example',
  'bücher．example',
]
const ascii = 'xn--bcher-kva.example'
const inCsv = (cells: string[]) => cells.map((cell) => `"${cell}"`).join(',')
const sample = (name: string) => readFileSync(join(adaptersExample, 'samples', name), 'utf8')
const addresses = spellings.map((domain, at) => `Sean${at}@${domain}`)
const keys = spellings.map((_, at) => `sean${at}@${ascii}`)

type Sent = { url?: string; type?: string; method?: 'POST' | 'PUT'; headers?: object }

async function send({ app, auth }: Started, payload: string, sent: Sent = {}) {
  const { url = '/v1/exam-results', type = 'application/json', method = 'POST' } = sent
  const headers = { ...auth, 'content-type': type, ...sent.headers }
  const answer = await app.inject({ method, url, headers, payload })
  if (answer.statusCode >= 300) throw new Error(answer.body)
}

const event = (email: string, at: number) =>
  passEvent({ resultId: `R-${at}`, candidate: { id: `C-${at}`, fullName: `Sean ${at}`, email } })

/** Every way in which results come in, and all spellings by it. */
const intakes: Record<string, (blazon: Started, t: Test) => Promise<unknown>> = {
  'as JSON': async (blazon) => {
    for (const [at, email] of addresses.entries())
      await send(blazon, JSON.stringify(event(email, at)))
  },
  'as NDJSON': (blazon) =>
    send(blazon, addresses.map((email, at) => JSON.stringify(event(email, at))).join('\n'), {
      type: 'application/x-ndjson',
    }),
  'as CSV': (blazon) => {
    const { source, revision, exam, outcome, startedAt, endedAt } = passEvent()
    const rows = addresses.map((email, at) => [
      ...[source, `R-${at}`, `${revision}`, exam, outcome, startedAt, endedAt],
      ...['true', `C-${at}`, `Sean ${at}`, email],
    ])
    const header =
      'source,resultId,revision,exam,outcome,startedAt,endedAt,released,candidate.id,candidate.fullName,candidate.email'
    return send(blazon, [header, ...rows.map(inCsv)].join('\r\n'), { type: 'text/csv' })
  },
  'by a file of an adapter': (blazon) => {
    const [header = ''] = sample('pearson-vue.csv').split('\n')
    const rows = addresses.map((email, at) => [
      ...[`C-${at}`, `R-${at}`, 'NWP-C01', '20-Nov-2026 09:00', '20-Nov-2026 10:12', 'pass'],
      ...['812', 'RELEASED', `Sean ${at}`, email, '50213'],
    ])
    const url = '/v1/adapters/pearson-vue/files'
    return send(blazon, [header, ...rows.map(inCsv)].join('\n'), { url, type: 'text/csv' })
  },
  'one by one to an adapter': async (blazon) => {
    for (const [at, email] of addresses.entries()) {
      const result = JSON.parse(sample('psi-result.json'))
      const candidate = { ...result.candidate, candidateId: `C-${at}`, email }
      const url = `/v1/adapters/psi/results/R-${at}`
      await send(blazon, JSON.stringify({ ...result, candidate }), { url, method: 'PUT' })
    }
  },
  'as xAPI statements': async (blazon) => {
    const url = '/v1/adapters/xapi/xapi/statements'
    const headers = { 'x-experience-api-version': '1.0.3' }
    const statements = addresses.map((email, at) => {
      const statement = JSON.parse(sample('xapi-passed.json'))
      statement.id = `6a1d3c1e-4d3b-4f0a-9a53-0d6c0a5f7b0${at}`
      statement.actor.account.name = `C-${at}`
      statement.context.extensions['https://lms.example.com/xapi/email'] = email
      return statement
    })
    await send(blazon, JSON.stringify(statements), { url, headers })
  },
}

async function recordedOf({ tools }: Started) {
  const rows = await tools.db
    .selectFrom('candidate')
    .select('email')
    .orderBy('candidate_id')
    .execute()
  return rows.map(({ email }) => email)
}

for (const [way, intake] of Object.entries(intakes))
  t.test(`results ${way}: every spelling of a domain is on record as one`, async (t) => {
    const blazon = await start(t, { settings: withAdapters })
    await intake(blazon, t as Test)
    t.same(await recordedOf(blazon), keys)
  })

t.test('results that are polled: every spelling of a domain is on record as one', async (t) => {
  const vendor = await startVendor(t as Test, 'kryterion')
  const [, failed = {}] = sampleResults('kryterion')
  vendor.results = addresses.map((email, at) => ({
    ...failed,
    testId: `R-${at}`,
    candidate: { login: `C-${at}`, name: `Sean ${at}`, email },
  }))
  const blazon = await start(t, { settings: vendor.settings })
  await planStanding(blazon.tools, pollJobs(blazon.tools.adapters))
  for (let page = 0; page < 9; page += 1) await runDueJobs(blazon.tools, handlers)
  t.same(await recordedOf(blazon), keys)
})
