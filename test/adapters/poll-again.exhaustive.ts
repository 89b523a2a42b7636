import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import t from 'tap'
import type { Mapping } from '../../schemas/mapping.ts'
import { pollJobs } from '../../src/actions/intake/poll-results.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { planStanding, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { command } from '../help/command.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { get, settingsOf, start } from '../help/start.ts'
import { sampleResults, startVendor } from '../help/vendor.ts'

type Shape = 'kryterion' | 'certiverse'

/** A vendor, and Blazons that poll it one after another on the same database, each with its mapping file as it then is. */
async function scene(t: Test, shape: Shape, database: Database) {
  const vendor = await startVendor(t, shape)
  const file = join(vendor.settings.ADAPTERS_DIR ?? '', `${shape}.json`)
  const edit = (change: (mapping: Mapping) => void) => {
    const mapping = JSON.parse(readFileSync(file, 'utf8')) as Mapping
    change(mapping)
    writeFileSync(file, JSON.stringify(mapping))
  }
  const runAnew = async () => {
    vendor.asked.length = 0
    const blazon = await start(t, { database, settings: vendor.settings })
    await planStanding(blazon.tools, pollJobs(blazon.tools.adapters))
    await runDueJobs(blazon.tools, handlers)
    const rows = await blazon.tools.db
      .selectFrom('result_message')
      .select(['result_id', 'revision'])
      .orderBy('result_id')
      .execute()
    const kept = rows.map(({ result_id, revision }) => `${result_id} ${revision}`)
    return { blazon, kept }
  }
  const jobs = (...args: string[]) => command('commands/jobs.ts', args, settingsOf(database.url))
  return { vendor, edit, runAnew, jobs }
}

const examinee = (id: string) => ({ id, legalName: 'Li Na', email: `${id}@example.com` })
const [certiverse = {}] = sampleResults('certiverse')
const five = [1, 2, 3, 4, 5].map((number) => ({
  ...certiverse,
  resultId: `cv_${number}`,
  outcome: number === 3 ? 'Bestanden' : 'fail',
  examinee: examinee(`c${number}`),
}))
const [, kryterion = {}] = sampleResults('kryterion')
const six = [1, 2, 3, 4, 5, 6].map((number) => ({
  ...kryterion,
  testId: `K-${number}`,
  status: number === 4 ? 'Bestanden' : 'Fail',
  lastModified: `2026-11-20 03:0${number}:00`,
  candidate: { login: `c${number}`, name: 'Li Na', email: `c${number}@example.com` },
}))
const vendors = {
  certiverse: { results: five, missed: 'cv_3 1', count: 5, first: '?sort=lastModified&after=c-2' },
  kryterion: {
    results: six,
    missed: 'K-4 1',
    count: 6,
    first: '?sort=lastModified&changedSince=2026-11-20T03%3A02%3A59.000Z&page=1',
  },
}

for (const [shape, to] of [
  ['certiverse', t],
  ['kryterion', rest(t)],
] as const)
  onEachDatabase(
    to,
    `what ${shape} answered and was refused is in sight, and comes in when the mapping is mended and the poll is asked again`,
    async (t, database) => {
      const { results, missed, count, first } = vendors[shape]
      const { vendor, edit, runAnew, jobs } = await scene(t, shape, database)
      vendor.results = results
      const before = await runAnew()
      t.notOk(before.kept.includes(missed))
      t.equal(before.kept.length, count - 1)
      const { body } = await get(before.blazon, '/metrics', before.blazon.auth)
      t.match(body, `blazon_polled_results_total{adapter="${shape}",outcome="refused"} `)
      t.notMatch(body, `blazon_polled_results_total{adapter="${shape}",outcome="refused"} 0`)
      const shown = await jobs()
      t.match(
        shown.out,
        `2026-11-22 04:00 UTC  poll:${shape}\n      npm run jobs -- again poll:${shape}`,
      )
      t.match(JSON.parse((await jobs('--json')).out), {
        refused: [{ key: `poll:${shape}`, since: '2026-11-22T04:00:00.000Z' }],
      })

      edit(({ fields }) => {
        Object.assign(fields.outcome?.values ?? {}, { Bestanden: 'failed' })
      })
      t.notOk((await runAnew()).kept.includes(missed), 'the vendor does not tell it by itself')
      t.match(await jobs('again', `poll:${shape}`), { code: 0, out: /is due/ })
      const after = await runAnew()
      t.equal(vendor.asked[0]?.search, first, 'from the page that it was on')
      t.ok(after.kept.includes(missed))
      t.equal(after.kept.length, count, 'and what was kept is not kept twice')
      t.notMatch((await jobs()).out, /refused/)
    },
  )

onEachDatabase(
  rest(t),
  'a poll is read again from the beginning on demand',
  async (t, database) => {
    const { vendor, runAnew, jobs } = await scene(t, 'certiverse', database)
    vendor.results = five.filter(({ outcome }) => outcome === 'fail')
    await (await start(t, { database, keepOpen: true })).close()
    t.match(await jobs('again', 'poll:certiverse'), { code: 1, err: /no poll poll:certiverse/ })
    t.match(await jobs('again', 'mail:1'), { code: 1, err: /no poll mail:1/ })
    await runAnew()
    t.match(await jobs('again', 'poll:certiverse'), { code: 1, err: /again poll:certiverse --all/ })
    t.match(await jobs('again', 'poll:certiverse', '--all'), { code: 0 })
    const { kept } = await runAnew()
    t.equal(vendor.asked[0]?.search, '?sort=lastModified')
    t.equal(kept.length, 4)
  },
)

const changes: [string, (mapping: Mapping) => void][] = [
  [
    'another shape',
    ({ poll }) => poll && Object.assign(poll, { shape: 'certiverse', cursor: '/next' }),
  ],
  ['another url', ({ poll }) => poll && Object.assign(poll, { url: `${poll.url}&site=2` })],
  ['another parameter', ({ poll }) => poll && Object.assign(poll, { cursorParameter: 'since' })],
  ['another time zone', ({ dates }) => dates && Object.assign(dates, { timeZone: 'Asia/Tokyo' })],
]

for (const [index, [what, change]] of changes.entries())
  onEachDatabase(
    index === 0 ? t : rest(t),
    `${what} is asked from the beginning`,
    async (t, database) => {
      const { vendor, edit, runAnew } = await scene(t, 'kryterion', database)
      vendor.results = six
      await runAnew()
      edit(change)
      await runAnew()
      const [first] = vendor.asked
      t.ok(first)
      t.same(
        [first?.searchParams.has('changedSince'), first?.searchParams.has('since')],
        [false, false],
      )
    },
  )

onEachDatabase(
  t,
  'another shape is asked from the beginning; another pace goes on',
  async (t, database) => {
    const { vendor, edit, runAnew } = await scene(t, 'certiverse', database)
    vendor.results = five
    await runAnew()
    edit(({ poll }) => poll && Object.assign(poll, { every: 'PT9M' }))
    await runAnew()
    t.equal(vendor.asked[0]?.searchParams.get('after'), 'c-5')
    edit(
      ({ poll }) =>
        poll &&
        Object.assign(poll, {
          shape: 'kryterion',
          changed: '/finishedAt',
          pageParameter: 'page',
          pages: '/pages',
        }),
    )
    await runAnew()
    t.equal(vendor.asked[0]?.search, '?sort=lastModified&page=1')
  },
)

const unreadable = [
  '',
  'c-5',
  'null',
  '[]',
  '{"page":0}',
  '{"page":1,"since":"yesterday"}',
  '{"since":',
]

onEachDatabase(t, 'a cursor that cannot be read is the beginning', async (t, database) => {
  const { vendor, runAnew } = await scene(t, 'kryterion', database)
  vendor.results = six.slice(0, 1)
  const { blazon } = await runAnew()
  for (const cursor of unreadable) {
    vendor.asked.length = 0
    await blazon.tools.db.updateTable('poll').set({ cursor }).execute()
    await blazon.tools.db
      .updateTable('job')
      .set({ run_at: blazon.tools.now() })
      .where('kind', '=', 'poll')
      .execute()
    await runDueJobs(blazon.tools, handlers)
    t.equal(vendor.asked[0]?.search, '?sort=lastModified&page=1', cursor)
  }
})
