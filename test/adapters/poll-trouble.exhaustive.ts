import t, { type Test } from 'tap'
import { pollJobs } from '../../src/actions/intake/poll-results.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { planStanding, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { refuseResult } from '../help/refuse-result.ts'
import { rest } from '../help/share.ts'
import { clockAt, start } from '../help/start.ts'
import { sampleResults, startVendor, type Vendor } from '../help/vendor.ts'

async function scene(t: Test, shape: 'kryterion' | 'certiverse' = 'certiverse') {
  const vendor = await startVendor(t, shape)
  const clock = clockAt('2026-11-22T04:00:00.000Z')
  const blazon = await start(t, { clock, settings: vendor.settings })
  await planStanding(blazon.tools, pollJobs(blazon.tools.adapters))
  const run = async (at = clock.now()) => {
    clock.set(at)
    await runDueJobs(blazon.tools, handlers)
    return blazon.tools.db
      .selectFrom('job')
      .select(['state', 'run_at', 'last_error'])
      .where('kind', '=', 'poll')
      .executeTakeFirstOrThrow()
  }
  const kept = async () =>
    (await blazon.tools.db.selectFrom('result_message').select('result_id').execute()).length
  const cursors = () => blazon.tools.db.selectFrom('poll').selectAll().execute()
  return { vendor, blazon, run, kept, cursors }
}

type Answer = Vendor['instead'][number]
const says =
  (status: number, body = '', headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(status, headers).end(body)

const troubles: [string, Answer, RegExp][] = [
  ['an error', says(500, 'zhang.wei@example.com'), /^certiverse answers 500\.$/],
  ['a wrong token', says(401), /^certiverse answers 401: check its token in ADAPTER_TOKENS\.$/],
  [
    'a redirect to somebody else',
    says(302, '', { location: 'https://evil.example' }),
    /redirects are not followed/,
  ],
  ['garbage', says(200, '<html>zhang.wei@example.com'), /something that is not JSON/],
  [
    'half of the answer',
    (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"items":')
      setTimeout(() => response.destroy(), 20)
    },
    /broke off its answer/,
  ],
  ['no answer at all', (request) => request.socket.destroy(), /cannot be reached/],
  [
    'bytes that are not UTF-8',
    (_request, response) => response.end(Buffer.from([0x22, 0xff, 0x22])),
    /not JSON in UTF-8/,
  ],
  ['JSON of another shape', says(200, '{"items":{}}'), /^The answer has no list at \/items\.$/],
  ['JSON that is null', says(200, 'null'), /^The answer has no list at \/items\.$/],
  ['more than 10 MiB', says(200, ' '.repeat(10 * 1024 * 1024 + 1)), /more than 10 MiB/],
  ['429 that says nothing', says(429), /^certiverse answers 429\.$/],
]

for (const [what, answer, error] of troubles)
  t.test(`a vendor that answers with ${what} is asked for the same page again`, async (t) => {
    const { vendor, blazon, run, kept, cursors } = await scene(t as Test)
    vendor.results = sampleResults('certiverse')
    vendor.instead = [answer]
    const job = await run()
    t.match(job, { state: 'waiting', run_at: '2026-11-22T04:00:10.000Z', last_error: error })
    t.same(await cursors(), [])
    t.notOk(blazon.log.some((line) => line.includes('zhang.wei') || line.includes('s3cret')))
    t.match(await run(job.run_at), { state: 'waiting', last_error: null })
    t.equal(await kept(), 2)
    t.equal(vendor.asked[1]?.href, vendor.asked[0]?.href)
  })

t.test('Retry-After is honoured, in seconds and as a date, and for a day at most', async (t) => {
  const { vendor, run } = await scene(t as Test)
  const after = (value: string, status = 429) => says(status, '', { 'retry-after': value })
  vendor.instead = [after('120')]
  const first = await run()
  t.match(first, { run_at: '2026-11-22T04:02:00.000Z', last_error: null })
  vendor.instead = [after('Sun, 22 Nov 2026 05:00:00 GMT', 503)]
  const second = await run(first.run_at)
  t.match(second, { run_at: '2026-11-22T05:00:00.000Z' })
  vendor.instead = [after('99999999')]
  const third = await run(second.run_at)
  t.match(third, { run_at: '2026-11-23T05:00:00.000Z' })
})

rest(t).test('a vendor that fails for days is never given up', async (t) => {
  const { vendor, run, kept } = await scene(t as Test)
  vendor.results = sampleResults('certiverse')
  vendor.instead = Array.from({ length: 25 }, () => says(500))
  let job = await run()
  for (let tries = 1; tries < 25; tries += 1) job = await run(job.run_at)
  t.equal(job.state, 'waiting')
  await run(job.run_at)
  t.equal(await kept(), 2)
})

t.test('an answer of Kryterion that is out of order, or has no pages, moves nothing', async (t) => {
  const { vendor, run, kept, cursors } = await scene(t as Test, 'kryterion')
  const [one, two] = sampleResults('kryterion')
  vendor.instead = [
    says(200, JSON.stringify({ pages: 1, results: [two, one] })),
    says(200, JSON.stringify({ results: [one, two] })),
  ]
  const job = await run()
  t.match(job, { last_error: /not in the order of \/lastModified, oldest first/ })
  t.match(await run(job.run_at), { last_error: /no number of pages at \/pages/ })
  t.same([await kept(), await cursors()], [0, []])
})

t.test('what cannot be kept is asked for again', async (t) => {
  const { vendor, blazon, run, kept, cursors } = await scene(t as Test)
  vendor.results = sampleResults('certiverse')
  const allow = await refuseResult(blazon.tools.db, 'cv_01')
  const job = await run()
  t.match(job, { last_error: /^1 of the results of certiverse could not be stored/ })
  t.same([await kept(), await cursors()], [1, []])
  await allow()
  await run(job.run_at)
  t.equal(await kept(), 2)
})
