import t, { type Test } from 'tap'
import { pollJobs, pollResults } from '../../src/actions/intake/poll-results.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { planStanding, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { statements } from '../crash/faults.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { clockAt, type Started, start } from '../help/start.ts'
import { sampleResults, startVendor } from '../help/vendor.ts'

const [kryterionPass = {}, kryterionFail = {}] = sampleResults('kryterion')
const [certiversePass = {}, certiverseHeld = {}] = sampleResults('certiverse')

/** A Blazon that polls this vendor, with its clock. */
async function scene(
  t: Test,
  shape: 'kryterion' | 'certiverse',
  { database, edit }: { database?: Database; edit?: Parameters<typeof startVendor>[2] } = {},
) {
  const vendor = await startVendor(t, shape, edit)
  const clock = clockAt('2026-11-22T04:00:00.000Z')
  const blazon = await start(t, { ...(database && { database }), clock, settings: vendor.settings })
  await planStanding(blazon.tools, pollJobs(blazon.tools.adapters))
  const run = async (at: string) => {
    clock.set(`2026-11-22T${at}:00.000Z`)
    return runDueJobs(blazon.tools, handlers)
  }
  return { vendor, blazon, run }
}

async function messages({ tools }: Started) {
  const rows = await tools.db
    .selectFrom('result_message')
    .select(['result_id', 'revision', 'received_from'])
    .orderBy('result_id')
    .orderBy('revision')
    .execute()
  return rows.map((row) => `${row.result_id} ${row.revision}`)
}

async function record({ tools }: Started) {
  const { cursor = null } =
    (await tools.db.selectFrom('poll').select('cursor').executeTakeFirst()) ?? {}
  const job = await tools.db
    .selectFrom('job')
    .select(['state', 'run_at', 'last_error', 'attempts'])
    .where('kind', '=', 'poll')
    .executeTakeFirstOrThrow()
  return { cursor, ...job }
}

const at = (minute: number) => `2026-11-20 03:${String(minute).padStart(2, '0')}:00`

onEachDatabase(
  t,
  'Kryterion’s shape: every page is read, then only what changed, which is the next revision',
  async (t, database) => {
    const { vendor, blazon, run } = await scene(t, 'kryterion', { database })
    vendor.results = Array.from({ length: 5 }, (_, index) => ({
      ...kryterionFail,
      testId: `K-${index}`,
      lastModified: at(index < 3 ? 1 : index),
      candidate: { login: `c${index}`, name: 'Li Na', email: `c${index}@example.com` },
    }))
    await run('04:00')
    t.same(await messages(blazon), ['K-0 1', 'K-1 1', 'K-2 1', 'K-3 1', 'K-4 1'])
    t.match(vendor.headers[0], { authorization: 'Bearer s3cret', accept: 'application/json' })
    t.equal(vendor.asked[0]?.search, '?sort=lastModified&page=1', 'from the beginning')
    t.match(await record(blazon), {
      state: 'waiting',
      run_at: '2026-11-22T04:05:00.000Z',
      cursor: '{"since":"2026-11-20T03:03:59.000Z","page":1}',
    })
    vendor.asked.length = 0
    t.equal(await run('04:04'), 0, 'not before its time')
    await run('04:05')
    t.equal(vendor.asked.length, 1)
    t.equal((await messages(blazon)).length, 5)
    vendor.results[1] = { ...vendor.results[1], status: 'Pass', lastModified: at(30) }
    await run('04:10')
    t.same((await messages(blazon)).slice(1, 3), ['K-1 1', 'K-1 2'])
    t.equal((await blazon.tools.db.selectFrom('badge').select('id').execute()).length, 1)
  },
)

onEachDatabase(
  t,
  'Certiverse’s shape: the cursor that the vendor gives is kept, and a process that starts anew goes on from it',
  async (t, database) => {
    const { vendor, blazon, run } = await scene(t, 'certiverse', { database })
    const third = {
      ...certiversePass,
      resultId: 'cv_03',
      examinee: { id: 'x', legalName: 'Li Na', email: 'li@example.com' },
    }
    vendor.results = [certiversePass, certiverseHeld, third]
    await run('04:00')
    t.same(await messages(blazon), ['cv_01 1', 'cv_02 1', 'cv_03 1'])
    t.same(
      vendor.asked.map(({ search }) => search),
      ['?sort=lastModified', '?sort=lastModified&after=c-2'],
    )
    vendor.results.push({ ...certiverseHeld, released: true })
    const again = await start(t, { database, settings: vendor.settings })
    await planStanding(again.tools, pollJobs(again.tools.adapters))
    await runDueJobs(again.tools, handlers)
    t.equal(vendor.asked.at(-1)?.searchParams.get('after'), 'c-3')
    t.same((await messages(blazon)).slice(1, 3), ['cv_02 1', 'cv_02 2'])
    t.match(await record(blazon), { cursor: 'c-4' })
  },
)

onEachDatabase(
  t,
  'a poll that dies at any statement is run again, loses nothing and keeps nothing twice',
  async (t, database) => {
    const { vendor, blazon } = await scene(t, 'certiverse', { database })
    const run = { signal: new AbortController().signal }
    let finished = false
    let round = 0
    for (; !finished; round += 1) {
      const resultId = `cv_${round}`
      const examinee = { id: resultId, legalName: 'Li Na', email: `${resultId}@example.com` }
      vendor.results.push({ ...certiversePass, resultId, examinee })
      const fuse = { steps: 0, at: round + 1, names: [] }
      const dying = { ...blazon.tools, db: blazon.tools.db.withPlugin(statements(fuse)) }
      await pollResults(dying, 'certiverse', run).catch(() => {})
      finished = fuse.steps < fuse.at
      const known = (await messages(blazon)).includes(`${resultId} 1`)
      const passed = (await record(blazon)).cursor === `c-${round + 1}`
      if (passed && !known) t.fail(`round ${round}: the cursor went ahead of what is kept`)
      await pollResults(blazon.tools, 'certiverse', run)
    }
    t.ok(round > 30, `${round} steps`)
    const badges = await blazon.tools.db
      .selectFrom('badge')
      .select('result_id')
      .where('revoked_at', 'is', null)
      .execute()
    t.equal(badges.length, round)
    t.equal((await messages(blazon)).length, round)
  },
)

t.test('a result that is refused stops no other, and is told without what it holds', async (t) => {
  const { vendor, blazon, run } = await scene(t as Test, 'kryterion')
  vendor.results = [
    { ...kryterionPass, status: 'Weird', candidate: { login: 'zwei' } },
    kryterionFail,
  ]
  await run('04:00')
  t.same(await messages(blazon), ['KRY-88124 1'])
  const line = blazon.log.find((each) => each.includes('refused')) ?? '{}'
  t.match(JSON.parse(line), {
    adapter: 'kryterion',
    counts: { accepted: 1, refused: 1 },
    refused: [{ row: 1, fields: ['/outcome', '/candidate/fullName', '/candidate/email'] }],
  })
  for (const secret of ['zwei', 'Weird', 'KRY-88123', 's3cret'])
    t.notOk(
      blazon.log.some((each) => each.includes(secret)),
      secret,
    )
})

t.test(
  'pages that number on while nothing moves are read to the end, and once more to see that nothing did',
  async (t) => {
    const { vendor, blazon, run } = await scene(t as Test, 'kryterion')
    vendor.results = Array.from({ length: 7 }, (_, index) => ({
      ...kryterionFail,
      testId: `K-${index}`,
      lastModified: at(1),
      candidate: { login: `c${index}`, name: 'Li Na', email: `c${index}@example.com` },
    }))
    await run('04:00')
    t.equal((await messages(blazon)).length, 7)
    t.equal(vendor.asked.length, 1 + 2 * 4)
    vendor.asked.length = 0
    await run('04:05')
    t.equal(vendor.asked.length, 4, 'and later, once')
  },
)
