import t, { type Test } from 'tap'
import { pollJobs } from '../../src/actions/intake/poll-results.ts'
import { instantAfter } from '../../src/domain/work/job.ts'
import { handlers, standing } from '../../src/jobs/handlers.ts'
import { reclaimExpired } from '../../src/jobs/reclaim-expired.ts'
import { type Handlers, planStanding, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { runJobs } from '../../src/main.ts'
import { leaseJob } from '../../src/storage/jobs/job-leases.ts'
import { cancelJobs } from '../../src/storage/jobs/jobs.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { clockAt, passEvent, post, type Started, start, withAdapters } from '../help/start.ts'

const due = '2026-11-22T04:00:00.000Z'

async function scene(t: Test, database: Database) {
  const clock = clockAt(due)
  const blazon = await start(t, { database, clock, settings: withAdapters })
  const jobs = [...standing, ...pollJobs(blazon.tools.adapters)]
  await planStanding(blazon.tools, jobs)
  return { blazon, clock, jobs }
}

const rows = ({ tools }: Started) =>
  tools.db.selectFrom('job').select(['key', 'kind', 'state', 'run_at']).orderBy('key').execute()

/** The latest that each kind may try again, whatever went wrong before. */
const patience: Record<string, string> = { settle: 'PT5M', prune: 'PT24H', poll: 'PT24H' }

onEachDatabase(
  t,
  'jobs that run for ever are tried again however often they fail: results are settled five minutes later at most, the rest within a day',
  async (t, database) => {
    const { blazon, clock, jobs } = await scene(t, database)
    const broken = async () => {
      throw new Error('the database went away')
    }
    const failing: Handlers = { settle: broken, prune: broken, poll: broken }
    for (let tries = 1; tries <= 30; tries += 1) {
      t.equal(await runDueJobs(blazon.tools, failing), jobs.length, `try ${tries}`)
      for (const { key, kind, state, run_at } of await rows(blazon)) {
        t.equal(state, 'waiting', `${key} after ${tries} tries`)
        t.ok(run_at <= instantAfter(clock.now(), patience[kind] ?? ''), `${key}: ${run_at}`)
      }
      clock.set(instantAfter(clock.now(), 'PT24H'))
    }
    const { tools } = blazon
    const { keyring } = tools
    const sign = () => {
      throw new Error('the key store does not answer')
    }
    Object.assign(tools, { keyring: { ...keyring, sign } })
    t.equal((await post(blazon, passEvent())).body.result.state, 'waiting')
    Object.assign(tools, { keyring })
    await runDueJobs(tools, { settle: handlers.settle } as Handlers)
    const issued = await tools.db.selectFrom('result').select('state').execute()
    t.same(issued, [{ state: 'issued' }], 'when the trouble is over, what waited is issued')
  },
)

onEachDatabase(
  t,
  'jobs that run for ever are taken up again however often their process died',
  async (t, database) => {
    const { blazon, clock, jobs } = await scene(t, database)
    for (let deaths = 1; deaths <= 15; deaths += 1) {
      const now = clock.now()
      for (const { kind } of jobs)
        await leaseJob(blazon.tools.db, {
          kind,
          now,
          until: instantAfter(now, 'PT1M'),
          token: `${deaths}`,
        })
      t.ok((await rows(blazon)).every(({ state }) => state === 'running'))
      clock.set(instantAfter(now, 'PT25H'))
      await reclaimExpired(blazon.tools)
      t.ok((await rows(blazon)).every(({ state }) => state === 'waiting'))
    }
  },
)

onEachDatabase(
  t,
  'jobs that run for ever run again at the next start, though they were given up, cancelled or put off',
  async (t, database) => {
    const { blazon, clock, jobs } = await scene(t, database)
    const { tools } = blazon
    const over = { attempts: 10, finished_at: due } as const
    await tools.db
      .updateTable('job')
      .set({ state: 'failed', ...over })
      .execute()
    clock.set('2026-11-23T04:00:00.000Z')
    await planStanding(tools, jobs)
    const present = { state: 'waiting', run_at: clock.now() }
    for (const row of await rows(blazon)) t.match(row, present, row.key)
    await cancelJobs(tools.db, ['settle:waiting'], due)
    await tools.db
      .updateTable('job')
      .set({ run_at: '2026-11-24T04:00:00.000Z' })
      .where('kind', '<>', 'settle')
      .execute()
    await planStanding(tools, jobs)
    for (const row of await rows(blazon)) t.match(row, present, row.key)
  },
)

onEachDatabase(t, 'npm start takes up the settling that was given up', async (t, database) => {
  const first = await start(t, { database })
  await planStanding(first.tools, standing)
  const { db } = first.tools
  await db.updateTable('job').set({ state: 'failed', attempts: 10 }).execute()
  const { close } = await runJobs(await start(t, { database, keepOpen: true }))
  t.teardown(close)
  const states = await db
    .selectFrom('job')
    .select('state')
    .where('key', '=', 'settle:waiting')
    .execute()
  t.not(states[0]?.state, 'failed')
})
