import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { runDueJobs } from '../../src/jobs/run-jobs.ts'
import { countJobs } from '../../src/storage/jobs/job-lists.ts'
import { planJobs } from '../../src/storage/jobs/jobs.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { environment } from '../help/environment.ts'
import { clockAt, settingsOf, start } from '../help/start.ts'

type Worker = { child: ChildProcess; said: string[] }

/** Starts worker.ts in a process of its own; it is killed when the test ends. */
async function startWorker(t: Test, { url }: Database): Promise<Worker> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'worker.ts')], {
    env: {
      ...environment,
      ...settingsOf(url),
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const worker: Worker = { child, said: [] }
  let rest = ''
  child.stdout?.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    worker.said.push(...lines)
  })
  while (worker.said.length === 0) {
    if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}`)
    await sleep(20)
  }
  return worker
}

const now = () => new Date().toISOString()

onEachDatabase(
  t,
  'a thousand jobs, reached for by three processes with four hands each, run once each',
  async (t, database) => {
    const { tools } = await start(t, { database })
    const workers = await Promise.all([1, 2, 3].map(() => startWorker(t, database)))
    const runAt = now()
    const keys = Array.from({ length: 1000 }, (_, index) => `mail:${index}:earned`)
    await planJobs(
      tools.db,
      keys.map((key) => ({ kind: 'mail', key, runAt })),
    )
    const done = { state: 'done', kind: 'mail', limit: 2000 } as const
    while ((await countJobs(tools.db, done)) < 1000) await sleep(50)
    await sleep(100)
    const ran = workers.flatMap(({ said }) => said.slice(1))
    t.same(ran.toSorted(), keys.toSorted())
    t.ok(
      workers.every(({ said }) => said.length > 1),
      `shared: ${workers.map(({ said }) => said.length - 1).join(', ')}`,
    )
  },
)

onEachDatabase(
  t,
  'a process that is killed in the middle of a job keeps nobody from it for more than a minute',
  async (t, database) => {
    const clock = clockAt(now())
    const { tools } = await start(t, { database, clock })
    await planJobs(tools.db, [{ kind: 'hanging', key: 'hanging:1', runAt: now() }])
    const { child, said } = await startWorker(t, database)
    while (!said.includes('hanging:1')) await sleep(20)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    const killed = Date.now()
    const ran: string[] = []
    const handlers = {
      hanging: async (_tools: unknown, { key }: { key: string }) => {
        ran.push(key)
        return undefined
      },
    }
    clock.set(new Date(killed).toISOString())
    await runDueJobs(tools, handlers)
    t.same(ran, [], 'nobody knows yet that it died')
    clock.set(new Date(killed + 60_000).toISOString())
    await runDueJobs(tools, handlers)
    t.same(ran, ['hanging:1'])
  },
)

onEachDatabase(
  t,
  'a job that kills whoever runs it is given up in the end, and others run on',
  async (t, database) => {
    const { tools } = await start(t, { database, clock: { now, set: () => {} } })
    await planJobs(tools.db, [{ kind: 'deadly', key: 'deadly:1', runAt: now() }])
    // Nine deaths are behind it; this is the last.
    await tools.db.updateTable('job').set({ attempts: 9 }).execute()
    const { child } = await startWorker(t, database)
    if (child.signalCode === null) await once(child, 'exit')
    t.equal(child.signalCode, 'SIGKILL')
    await tools.db.updateTable('job').set({ claimed_until: now() }).execute()
    await planJobs(tools.db, [{ kind: 'mail', key: 'mail:1:earned', runAt: now() }])
    const survivor = await startWorker(t, database)
    while (!survivor.said.includes('mail:1:earned')) await sleep(20)
    while ((await countJobs(tools.db, { state: 'failed', kind: 'deadly', limit: 2 })) === 0)
      await sleep(20)
    t.same(survivor.said, ['ready', 'mail:1:earned'])
    t.equal(survivor.child.exitCode, null)
  },
)
