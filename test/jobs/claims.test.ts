import { setTimeout as sleep } from 'node:timers/promises'
import type { KyselyPlugin } from 'kysely'
import t from 'tap'
import type { Job } from '../../src/domain/work/job.ts'
import { reclaimExpired } from '../../src/jobs/reclaim-expired.ts'
import { type Handlers, newWatch, runDueJobs, runNext } from '../../src/jobs/run-jobs.ts'
import { endRun, extendLease, leaseJob } from '../../src/storage/jobs/job-leases.ts'
import { planJobs } from '../../src/storage/jobs/jobs.ts'
import { onEachDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { clockAt, type Started, start } from '../help/start.ts'

const due = '2026-11-22T04:00:00.000Z'
const plan = { kind: 'work', key: 'work:1', runAt: due }

const row = ({ tools }: Pick<Started, 'tools'>) =>
  tools.db.selectFrom('job').selectAll().where('key', '=', 'work:1').executeTakeFirstOrThrow()

onEachDatabase(
  t,
  'a job whose process died is taken up when its minute is over, and the dead cannot hold or end it any more',
  async (t, database) => {
    const clock = clockAt(due)
    const blazon = await start(t, { database, clock })
    const { db } = blazon.tools
    await planJobs(db, [plan])
    const until = '2026-11-22T04:01:00.000Z'
    const claim = { kind: 'work', now: due, until }
    const { key } = (await leaseJob(db, { ...claim, token: 'dead' })) as Job
    t.notOk(await leaseJob(db, { ...claim, token: 'early' }))
    const ran: string[] = []
    const handlers: Handlers = { work: async (_tools, { key }) => void ran.push(key) as undefined }
    clock.set('2026-11-22T04:00:59.999Z')
    t.equal(await runDueJobs(blazon.tools, handlers), 0)
    clock.set(until)
    await reclaimExpired(blazon.tools)
    const before = await row(blazon)
    t.match(before, { state: 'waiting', attempts: 1, last_error: /process that ran it ended/ })
    t.notOk(await extendLease(db, { key, token: 'dead' }, '2026-11-22T05:00:00.000Z'))
    t.notOk(await endRun(db, { key, token: 'dead' }, { state: 'done', at: until }))
    t.same(await row(blazon), before, 'nothing changed')
    t.equal(await runDueJobs(blazon.tools, handlers), 1)
    t.match(await row(blazon), { state: 'done', last_error: null, claim: null })
    t.same(ran, ['work:1'])
  },
)

onEachDatabase(
  rest(t),
  'a job whose process dies each time is tried later and later, and after ten tries fails with words that say so',
  async (t, database) => {
    const clock = clockAt(due)
    const blazon = await start(t, { database, clock })
    await planJobs(blazon.tools.db, [plan])
    const starts: string[] = []
    for (let minute = 0; minute < 6 * 24 * 60; minute += 1) {
      const now = new Date(Date.parse(due) + minute * 60_000).toISOString()
      clock.set(now)
      await reclaimExpired(blazon.tools)
      const until = new Date(Date.parse(now) + 60_000).toISOString()
      if (await leaseJob(blazon.tools.db, { kind: 'work', now, until, token: now }))
        starts.push(now)
    }
    const minutes = starts.map((start) => (Date.parse(start) - Date.parse(due)) / 60_000)
    t.same(minutes, [0, 1, 2, 7, 37, 157, 517, 1237, 2677, 4117])
    const { state, last_error } = await row(blazon)
    t.equal(state, 'failed')
    t.equal(
      last_error,
      'The process that ran it ended, or did not answer for a minute, at the last of 10 tries.',
    )
    t.ok(blazon.log.some((line) => line.includes('its process died each time')))
  },
)

onEachDatabase(
  t,
  'a job that runs for long is held on to: nobody else gets it, however late it is',
  async (t, database) => {
    const clock = clockAt(due)
    const blazon = await start(t, { database, clock })
    await planJobs(blazon.tools.db, [plan])
    const { promise: end, resolve } = Promise.withResolvers<undefined>()
    let runs = 0
    const handlers: Handlers = {
      work: () => {
        runs += 1
        return end
      },
    }
    const running = runNext(blazon.tools, handlers, 'work', newWatch(5))
    for (let minute = 0; minute < 20; minute += 1) {
      clock.set(`2026-11-22T04:${10 + minute}:00.000Z`)
      const until = `2026-11-22T04:${11 + minute}:00.000Z`
      while ((await row(blazon)).claimed_until !== until) await sleep(2)
      t.equal(await runDueJobs(blazon.tools, handlers), 0)
    }
    resolve(undefined)
    t.ok(await running)
    t.equal(runs, 1)
    t.match(await row(blazon), { state: 'done', attempts: 0 })
  },
)

onEachDatabase(
  t,
  'a job that is done when the database hiccups is written down as done a little later, and not done again',
  async (t, database) => {
    const { tools } = await start(t, { database })
    await planJobs(tools.db, [plan])
    let hiccups = 0
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => {
        if (!JSON.stringify(node).includes('"finished_at"') || hiccups === 3) return node
        hiccups += 1
        throw new Error('the connection broke')
      },
      transformResult: async ({ result }) => result,
    }
    let runs = 0
    const handlers: Handlers = {
      work: async () => {
        runs += 1
        return undefined
      },
    }
    t.ok(
      await runNext({ ...tools, db: tools.db.withPlugin(plugin) }, handlers, 'work', newWatch(20)),
    )
    t.same([runs, hiccups], [1, 3])
    t.match(await row({ tools }), { state: 'done', attempts: 0, last_error: null })
  },
)

onEachDatabase(
  t,
  'a handler whose job was taken away is told, and what it then does to the job changes nothing',
  async (t, database) => {
    const clock = clockAt(due)
    const blazon = await start(t, { database, clock })
    const { db } = blazon.tools
    await planJobs(db, [plan])
    for (const ends of ['returns', 'throws']) {
      const { promise: begun, resolve } = Promise.withResolvers<void>()
      const handlers: Handlers = {
        work: async (_tools, _job, { signal }) => {
          resolve()
          while (!signal.aborted) await sleep(1)
          if (ends === 'throws') throw signal.reason
          return { again: '2030-01-01T00:00:00.000Z' }
        },
      }
      const running = runNext(blazon.tools, handlers, 'work', newWatch(5))
      await begun
      // As if this process had slept over its time.
      await db
        .updateTable('job')
        .set({ claim: 'another', claimed_until: '2026-11-22T05:00:00.000Z' })
        .execute()
      const before = await row(blazon)
      t.ok(await running, ends)
      t.same(await row(blazon), before)
      t.ok(await endRun(db, { key: before.key, token: 'another' }, { state: 'waiting', at: due }))
    }
    t.ok(blazon.log.some((line) => line.includes('a job was lost while it ran')))
  },
)
