import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { ImportReport } from '../../schemas/import-report.ts'
import { pollJobs, pollResults } from '../../src/actions/intake/poll-results.ts'
import { planStanding } from '../../src/jobs/run-jobs.ts'
import { onEachDatabase } from '../help/databases.ts'
import { adaptersExample, type Started, start, withAdapters } from '../help/start.ts'
import { sampleResults, startVendor } from '../help/vendor.ts'

const going = () => ({ signal: new AbortController().signal })
const sample = readFileSync(join(adaptersExample, 'samples/pearson-vue.csv'), 'utf8')
const [header = '', pass = ''] = sample.split('\n')
const fail = pass.replace(',pass,', ',fail,')
const [certiversePass = {}] = sampleResults('certiverse')

async function send({ app, auth }: Started, rows: string[]) {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/adapters/pearson-vue/files',
    headers: { ...auth, accept: 'application/json', 'content-type': 'text/csv' },
    payload: [header, ...rows].join('\n'),
  })
  return (answer.json() as ImportReport).rows.map(({ outcome, revision }) => [outcome, revision])
}

const badges = ({ tools }: Started) =>
  tools.db.selectFrom('badge').select(['id', 'revoked_at']).orderBy('reserved_at').execute()

onEachDatabase(
  t,
  'a file that tells a result twice may be sent again: the badge that it earned stays what it is',
  async (t, database) => {
    const blazon = await start(t, { database, settings: withAdapters })
    t.same(await send(blazon, [fail, pass, pass]), [
      ['accepted', 1],
      ['accepted', 2],
      ['replayed', 2],
    ])
    const before = await badges(blazon)
    t.match(before, [{ revoked_at: null }])
    t.same(await send(blazon, [fail, pass, pass]), [
      ['replayed', 1],
      ['replayed', 2],
      ['replayed', 2],
    ])
    t.same(await badges(blazon), before)
  },
)

onEachDatabase(
  t,
  'a file that grows, and one that was cut off, go on where the last one ended',
  async (t, database) => {
    const blazon = await start(t, { database, settings: withAdapters })
    const held = pass.replace('RELEASED', 'HELD')
    t.same(await send(blazon, [held]), [['accepted', 1]])
    const replayed = [
      ['replayed', 1],
      ['replayed', 2],
    ]
    t.same(await send(blazon, [held, fail]), [
      ['replayed', 1],
      ['accepted', 2],
    ])
    t.same(await send(blazon, [held, fail, pass]), [...replayed, ['accepted', 3]])
    t.same(await send(blazon, [held, fail, pass, fail]), [
      ...replayed,
      ['replayed', 3],
      ['accepted', 4],
    ])
    t.same(await send(blazon, [pass]), [['accepted', 5]], 'what is new by itself still counts')
    t.equal((await badges(blazon)).filter(({ revoked_at }) => revoked_at === null).length, 1)
  },
)

t.test('a result that is told two hundred times is taken in its order', async (t) => {
  const blazon = await start(t as Test, { settings: withAdapters })
  const rows = Array.from({ length: 200 }, (_, at) => pass.replace(',812,', `,${at % 7},`))
  const report = await send(blazon, rows)
  t.same(
    report,
    rows.map((_, at) => ['accepted', at + 1]),
  )
})

onEachDatabase(
  t,
  'a page that tells a result twice may be read again after a crash',
  async (t, database) => {
    const vendor = await startVendor(t, 'certiverse')
    vendor.results = [{ ...certiversePass, outcome: 'fail' }, certiversePass]
    const blazon = await start(t, { database, settings: vendor.settings })
    await planStanding(blazon.tools, pollJobs(blazon.tools.adapters))
    await pollResults(blazon.tools, 'certiverse', going())
    const before = await badges(blazon)
    t.match(before, [{ revoked_at: null }])
    await blazon.tools.db.deleteFrom('poll').execute()
    await pollResults(blazon.tools, 'certiverse', going())
    t.same(await badges(blazon), before)
  },
)

onEachDatabase(
  t,
  'who lost a poll to another takes nothing of what was asked for, and does not put the cursor back',
  async (t, database) => {
    const vendor = await startVendor(t, 'certiverse')
    const failed = { ...certiversePass, outcome: 'fail' }
    vendor.results = [failed, failed, certiversePass, certiversePass]
    const blazon = await start(t, { database, settings: vendor.settings })
    const { tools } = blazon
    const cursor = async () => (await tools.db.selectFrom('poll').select('cursor').execute())[0]
    const slow = async (...asked: Parameters<typeof fetch>) => {
      const answer = await tools.fetch(...asked)
      await pollResults(tools, 'certiverse', going())
      await pollResults(tools, 'certiverse', going())
      return answer
    }
    await pollResults({ ...tools, fetch: slow }, 'certiverse', going())
    t.match(await cursor(), { cursor: 'c-4' })
    t.match(await badges(blazon), [{ revoked_at: null }])
    const lost = new AbortController()
    lost.abort(new Error('lost'))
    vendor.results.push(failed)
    await t.rejects(pollResults(tools, 'certiverse', lost), /lost/)
    t.match(await cursor(), { cursor: 'c-4' })
    t.match(await badges(blazon), [{ revoked_at: null }])
  },
)
