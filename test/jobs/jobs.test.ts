import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { pruneJobs } from '../../src/actions/operating/prune-jobs.ts'
import { instantAfter } from '../../src/domain/work/job.ts'
import { type Handlers, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { cancelJobs, planAgain, planJobs, retryJob } from '../../src/storage/jobs/jobs.ts'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { clockAt, passEvent, post, type Started, start } from '../help/start.ts'

const due = '2026-11-22T04:00:00.000Z'
const plan = (key: string, runAt = due) => ({ kind: 'work', key, runAt })

/** After 10 s, 1 min, 5 min, 30 min, 2 h, 6 h, 12 h, a day, a day: each time, and the one after it. */
const times = [
  '2026-11-22T04:00:10.000Z',
  '2026-11-22T04:01:10.000Z',
  '2026-11-22T04:06:10.000Z',
  '2026-11-22T04:36:10.000Z',
  '2026-11-22T06:36:10.000Z',
  '2026-11-22T12:36:10.000Z',
  '2026-11-23T00:36:10.000Z',
  '2026-11-24T00:36:10.000Z',
  '2026-11-25T00:36:10.000Z',
]
const backOff = times.map((time, index) => [time, times[index + 1]] as const)
const justBefore = (instant: string) => new Date(Date.parse(instant) - 1).toISOString()

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
    await planJobs(blazon.tools.db, [plan('work:1')])
    let tries = 0
    const handlers: Handlers = {
      work: async () => {
        tries += 1
        throw new Error('zhang.wei@example.com is not to be kept')
      },
    }
    t.equal(await runDueJobs(blazon.tools, handlers), 1)
    t.equal(await runDueJobs(blazon.tools, handlers), 0, 'not before its time')
    for (const [wait, next] of backOff) {
      const before = await rows(blazon)
      t.match(before, [{ state: 'waiting', run_at: wait }])
      clock.set(justBefore(wait))
      t.equal(await runDueJobs(blazon.tools, handlers), 0, `not before ${wait}`)
      clock.set(wait)
      t.equal(await runDueJobs(blazon.tools, handlers), 1)
      t.match(await rows(blazon), [next ? { state: 'waiting', run_at: next } : { state: 'failed' }])
    }
    t.equal(tries, 10)
    t.match(await rows(blazon), [{ state: 'failed', last_error: 'Error' }])
    t.ok(await retryJob(blazon.tools.db, 'work:1', clock.now()))
    t.equal(await runDueJobs(blazon.tools, { work: async () => undefined }), 1)
    t.match(await rows(blazon), [{ state: 'done', last_error: null }])
  },
)

onEachDatabase(t, 'a job that waits can be moved and cancelled', async (t, database) => {
  const blazon = await start(t, { database })
  const { db } = blazon.tools
  await planJobs(db, [plan('work:1'), plan('work:2')])
  await planJobs(db, [plan('work:1', '2026-12-01T00:00:00.000Z')])
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
  const { settle } = handlers
  t.equal(await runDueJobs(blazon.tools, { settle } as Handlers), 1)
  t.match((await post(blazon, passEvent())).body, { badge: { state: 'valid' } })
})

onEachDatabase(
  t,
  'a job that is planned anew runs again after it is done, failed or was cancelled, and once more when it ran meanwhile',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { db } = blazon.tools
    const seen: unknown[] = []
    const handlers: Handlers = {
      work: async (_tools, { payload }) => {
        const { n } = payload as { n: number }
        seen.push(n)
        if (n === 3) await planAgain(db, { ...plan('work:1'), payload: { n: 4 } })
        return undefined
      },
    }
    const again = async (n: number) => {
      await planAgain(db, { ...plan('work:1'), payload: { n } })
      await runDueJobs(blazon.tools, handlers)
    }
    await again(1)
    await again(2)
    t.same(seen, [1, 2])
    await again(3)
    t.same(seen, [1, 2, 3, 4], 'asked for while it ran, it ran once more')
    for (const state of ['failed', 'cancelled'] as const) {
      await db.updateTable('job').set({ state, attempts: 10, finished_at: due }).execute()
      await again(5)
    }
    t.same(seen, [1, 2, 3, 4, 5, 5])
    t.match(await rows(blazon), [{ state: 'done', attempts: 0 }])
    await planJobs(db, [plan('work:1')])
    t.equal(await runDueJobs(blazon.tools, handlers), 0, 'planJobs is once only')
  },
)

onEachDatabase(
  t,
  'a job that is planned anew again and again is not put off: it runs when it was first asked for',
  async (t, database) => {
    const clock = clockAt(due)
    const { tools } = await start(t, { database, clock })
    const handlers: Handlers = { work: async () => undefined }
    const ask = (minute: number) =>
      planAgain(tools.db, { ...plan('work:1'), runAt: instantAfter(due, `PT${minute + 2}M`) })
    for (const minute of [0, 1, 2]) await ask(minute)
    clock.set(instantAfter(due, 'PT2M'))
    t.equal(await runDueJobs(tools, handlers), 1)
    await ask(3)
    t.match(await tools.db.selectFrom('job').select('run_at').execute(), [
      { run_at: instantAfter(due, 'PT5M') },
    ])
  },
)

onEachDatabase(
  t,
  'jobs that are over are forgotten after 30 days, but never a mail, nor one that failed',
  async (t, database) => {
    const clock = clockAt(due)
    const { tools } = await start(t, { database, clock })
    const over = { work: async () => undefined, mail: async () => undefined }
    await planJobs(tools.db, [plan('work:1'), { kind: 'mail', key: 'mail:b:earned', runAt: due }])
    await runDueJobs(tools, over)
    await planJobs(tools.db, [plan('work:2'), plan('work:3'), plan('mail:odd'), plan('work:4')])
    await cancelJobs(tools.db, ['work:2', 'mail:odd'], due)
    await tools.db.updateTable('job').set({ state: 'failed' }).where('key', '=', 'work:3').execute()
    clock.set('2026-12-22T04:00:00.000Z')
    t.equal(await pruneJobs(tools), 0)
    clock.set('2026-12-22T04:00:00.001Z')
    t.equal(await pruneJobs(tools), 2)
    const left = await tools.db.selectFrom('job').select('key').orderBy('key').execute()
    t.same(
      left.map(({ key }) => key),
      ['mail:b:earned', 'mail:odd', 'work:3', 'work:4'],
    )
  },
)
