import t from 'tap'
import { pollJobs, pollResults } from '../../src/actions/intake/poll-results.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { planStanding, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { bodyText } from '../../src/storage/results/results.ts'
import { clockAt, start } from '../help/start.ts'
import { sampleResults, startVendor } from '../help/vendor.ts'

const [pass = {}] = sampleResults('certiverse')
const written = (at: number, id: string) =>
  JSON.stringify({ ...pass, resultId: `CV-${at}` }).replace(/"id":"[^"]*"/, `"id":${id}`)

t.test('a polled feed loses no digit of an id, and a key twice costs its own result', async (t) => {
  const vendor = await startVendor(t, 'certiverse')
  const blazon = await start(t, {
    clock: clockAt('2026-11-22T04:00:00.000Z'),
    settings: vendor.settings,
  })
  const ids = ['90071992547409931', '90071992547409933', '1e21', '"a","id":"b"', 'true']
  vendor.instead.push((_request, response) => {
    const items = ids.map((id, at) => written(at, id)).join(',')
    response.end(`{"items":[${items}],"cursor":"c-1","hasMore":false}`)
  })
  await planStanding(blazon.tools, pollJobs(blazon.tools.adapters))
  await runDueJobs(blazon.tools, handlers)
  const rows = await blazon.tools.db.selectFrom('result').select(bodyText).execute()
  t.same(rows.map(({ body }) => JSON.parse(body).candidate.id).toSorted(), ids.slice(0, 2))
  const line = blazon.log.find((each) => each.includes('were refused')) ?? '{}'
  t.match(JSON.parse(line), {
    refused: [
      { row: 3, fields: ['/candidate/id'] },
      { row: 4, fields: ['/examinee/id'] },
      { row: 5, fields: ['/candidate/id'] },
    ],
  })
})

t.test(
  'an answer with a key twice around its results, or too many of them, is not taken',
  async (t) => {
    const vendor = await startVendor(t, 'certiverse')
    const blazon = await start(t, { settings: vendor.settings })
    const many = Array.from({ length: 120 }, (_, at) => written(at, '"a","id":"b"')).join(',')
    for (const answer of [
      `{"items":[${written(1, '"a"')}],"cursor":"c-1","cursor":"c-2"}`,
      `{"items":[${many}],"cursor":"c-1"}`,
    ]) {
      vendor.instead.push((_request, response) => response.end(answer))
      const polled = pollResults(blazon.tools, 'certiverse', {
        signal: new AbortController().signal,
      })
      await t.rejects(polled, { message: /keys twice/ })
    }
    t.same(await blazon.tools.db.selectFrom('result').select(bodyText).execute(), [])
  },
)
