import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { Job } from '../../src/domain/job.ts'
import { type Handlers, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { startJobs } from '../../src/jobs/start-jobs.ts'
import { cancelJobs, claimJob, endRun, planJobs, retryJob } from '../../src/storage/jobs.ts'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { clockAt, passEvent, post, type Started, start } from '../help/start.ts'

const due = '2026-11-22T04:00:00.000Z'
const plan = (key: string, runAt = due) => ({ kind: 'work', key, runAt })

const rows = ({ tools }: Started) =>
  tools.db
    .selectFrom('job')
    .select(['key', 'state', 'attempts', 'run_at', 'last_error'])
    .where('kind', '=', 'work')
    .orderBy('key')
    .execute()

onEachDatabase(
  t,
  'many jobs, reached for by four runners of two processes at once, each run once',
  async (t, database) => {
    const one = await start(t, { database })
    const two = database.name === 'SQLite' ? one : await start(t, { database })
    const keys = Array.from({ length: 40 }, (_, index) => `work:${index}`)
    await planJobs(
      one.tools.db,
      keys.map((key) => plan(key)),
      due,
    )
    const ran: string[] = []
    const handlers: Handlers = {
      work: async (_tools, { key }) => {
        ran.push(key)
        await sleep(1)
        return undefined
      },
    }
    await Promise.all([one, two, one, two].map((blazon) => runDueJobs(blazon.tools, handlers)))
    t.same(ran.toSorted(), keys.toSorted())
    t.ok((await rows(one)).every(({ state }) => state === 'done'))
    await planJobs(
      one.tools.db,
      keys.map((key) => plan(key)),
      due,
    )
    t.equal(await runDueJobs(one.tools, handlers), 0, 'planned again, done jobs stay done')
  },
)

onEachDatabase(
  t,
  'a job that fails is tried again later and later, is given up in sight, and can be put back',
  async (t, database) => {
    const clock = clockAt(due)
    const blazon = await start(t, { database, clock })
    await planJobs(blazon.tools.db, [plan('work:1')], due)
    let tries = 0
    const handlers: Handlers = {
      work: async () => {
        tries += 1
        throw new Error('zhang.wei@example.com is not to be kept')
      },
    }
    t.equal(await runDueJobs(blazon.tools, handlers), 1)
    t.equal(await runDueJobs(blazon.tools, handlers), 0, 'not before its time')
    t.match(await rows(blazon), [{ state: 'waiting', run_at: '2026-11-22T04:00:10.000Z' }])
    for (let day = 1; day < 20; day += 1) {
      clock.set(`2026-12-${String(day).padStart(2, '0')}T00:00:00.000Z`)
      await runDueJobs(blazon.tools, handlers)
    }
    t.equal(tries, 10)
    t.match(await rows(blazon), [{ state: 'failed', last_error: 'Error' }])
    t.ok(await retryJob(blazon.tools.db, 'work:1', clock.now()))
    t.equal(await runDueJobs(blazon.tools, { work: async () => undefined }), 1)
    t.match(await rows(blazon), [{ state: 'done', last_error: null }])
  },
)

onEachDatabase(
  t,
  'a job whose process died is taken up when its time is over, and the dead cannot end it any more',
  async (t, database) => {
    const { tools } = await start(t, { database })
    await planJobs(tools.db, [plan('work:1')], due)
    const claim = { kinds: ['work'], until: '2026-11-22T04:10:00.000Z' }
    const dead = await claimJob(tools.db, { ...claim, now: due, token: 'dead' })
    t.equal(dead?.key, 'work:1')
    t.notOk(await claimJob(tools.db, { ...claim, now: '2026-11-22T04:09:59.000Z', token: 'early' }))
    const late = { kinds: ['work'], until: '2026-11-22T05:00:00.000Z' }
    const alive = await claimJob(tools.db, { ...late, now: claim.until, token: 'alive' })
    t.equal(alive?.attempts, 2)
    const { id } = dead as Job
    await endRun(tools.db, { id, token: 'dead' }, { state: 'done', at: claim.until })
    const row = await tools.db
      .selectFrom('job')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirst()
    t.equal(row?.state, 'running')
  },
)

onEachDatabase(t, 'a job that waits can be moved and cancelled', async (t, database) => {
  const blazon = await start(t, { database })
  const { db } = blazon.tools
  await planJobs(db, [plan('work:1'), plan('work:2')], due)
  await planJobs(db, [plan('work:1', '2026-12-01T00:00:00.000Z')], due)
  await cancelJobs(db, ['work:2'], due)
  t.match(await rows(blazon), [
    { state: 'waiting', run_at: '2026-12-01T00:00:00.000Z' },
    { state: 'cancelled' },
  ])
  t.equal(await runDueJobs(blazon.tools, { work: async () => undefined }), 0)
})

t.test('what could not be signed is signed by a job, without a message or a restart', async (t) => {
  const { handlers, standing } = await import('../../src/jobs/handlers.ts')
  const { planStanding } = await import('../../src/jobs/run-jobs.ts')
  const blazon = await start(t as never, { database: await sqliteDatabase(t as never) })
  const { keyring } = blazon.tools
  const sign = () => {
    throw new Error('the key store does not answer')
  }
  Object.assign(blazon.tools, { keyring: { ...keyring, sign } })
  t.equal((await post(blazon, passEvent())).body.result.state, 'waiting')
  Object.assign(blazon.tools, { keyring })
  await planStanding(blazon.tools, standing)
  t.equal(await runDueJobs(blazon.tools, handlers), 1)
  t.match((await post(blazon, passEvent())).body, { badge: { state: 'valid' } })
})

t.test('the runner runs what comes due, and stops after the job that is running', async (t) => {
  const blazon = await start(t as never, { database: await sqliteDatabase(t as never) })
  await planJobs(blazon.tools.db, [plan('work:1')], due)
  let ended = false
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  const { stop } = startJobs(blazon.tools, {
    work: async () => {
      resolve()
      await sleep(200)
      ended = true
      return undefined
    },
  })
  const awake = setInterval(() => {}, 100)
  await begun
  await stop()
  clearInterval(awake)
  t.ok(ended)
})
