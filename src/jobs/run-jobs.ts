import { setTimeout as sleep } from 'node:timers/promises'
import type { Tools } from '../actions/tools/tools.ts'
import { instantAfter, type Job, lease, nextTry } from '../domain/work/job.ts'
import { Problem } from '../problem.ts'
import { endRun, leaseJob, releaseLease } from '../storage/jobs/job-leases.ts'
import { planAgain } from '../storage/jobs/jobs.ts'
import { holdLease, type Run } from './hold-lease.ts'
import { reclaimExpired } from './reclaim-expired.ts'

/**
 * What runs a job of a kind; `again` is the instant to run it next, for work that never ends. It may run twice, and must bear it.
 * The signal says that it must end at once: somebody else has the job, or Blazon stops. What it then throws is no failure.
 */
export type Handler = (
  tools: Tools,
  job: Job,
  run: { signal: AbortSignal },
) => Promise<{ again: string } | undefined>
export type Handlers = Record<string, Handler>

/** What jobs run under: how often a holder says that it lives, in milliseconds, and who holds what. */
export type Watch = { beat: number; runs: Set<Run> }

/** Puts jobs that run for ever on record, to run at once; one that was given up or cancelled comes back to life. */
export async function planStanding({ db, now }: Tools, keys: { kind: string; key: string }[]) {
  for (const job of keys) await planAgain(db, { ...job, runAt: now() }, now())
}

/** Runs whatever is due, one after another; a job that fails is tried again later. Answers how many ran. */
export async function runDueJobs(tools: Tools, handlers: Handlers): Promise<number> {
  await reclaimExpired(tools)
  const watch = newWatch()
  let count = 0
  for (let before = -1; before < count; ) {
    before = count
    for (const kind of Object.keys(handlers))
      while (await runNext(tools, handlers, kind, watch)) count += 1
  }
  return count
}

/** Nobody runs anything yet; a third of the lease leaves room for one beat that is missed. */
export function newWatch(beat = 20_000): Watch {
  return { beat, runs: new Set() }
}

/** Runs the job of a kind that is due longest. Answers false when none is. */
export async function runNext(
  tools: Tools,
  handlers: Handlers,
  kind: string,
  watch: Watch,
): Promise<boolean> {
  const now = tools.now()
  const token = Buffer.from(tools.random(16)).toString('hex')
  const until = instantAfter(now, lease)
  const job = await leaseJob(tools.db, { kind, now, until, token })
  if (!job) return false
  const { beat } = watch
  const run: Run = { id: job.id, token, key: job.key, until, beat, abort: new AbortController() }
  watch.runs.add(run)
  const letGo = holdLease(tools, run)
  try {
    const how = await runOne(tools, handlers[kind] as Handler, job, run)
    tools.metrics.ran(kind, how)
  } finally {
    letGo()
    watch.runs.delete(run)
  }
  return true
}

/** How the run of a job went. */
export type Outcome = 'done' | 'again' | 'failed' | 'given-up' | 'released' | 'lost'

async function runOne(tools: Tools, handler: Handler, job: Job, run: Run): Promise<Outcome> {
  const { signal } = run.abort
  let next: { again: string } | undefined
  try {
    next = await handler(tools, job, { signal })
  } catch (error) {
    if (!signal.aborted) return fail(tools, job, run, error)
    return (await insist(run, () => releaseLease(tools.db, run))) ? 'released' : 'lost'
  }
  const end = { state: next ? 'waiting' : 'done', at: tools.now(), runAt: next?.again } as const
  if (!(await insist(run, () => endRun(tools.db, run, { ...end, fresh: true })))) return 'lost'
  return next ? 'again' : 'done'
}

async function fail(tools: Tools, job: Job, run: Run, error: unknown): Promise<Outcome> {
  const at = tools.now()
  const again = nextTry(job, at)
  const state = again ? 'waiting' : 'failed'
  const end = { state, at, runAt: again, error: wordsOf(error) } as const
  if (!(await insist(run, () => endRun(tools.db, run, end)))) return 'lost'
  tools.log.warn(
    { job: job.key, err: error },
    again ? 'a job failed and is tried again' : 'a job failed and is given up',
  )
  return again ? 'failed' : 'given-up'
}

/** What is done must be written down, or it is done again: a database that hiccups is asked some times more. */
async function insist(run: Run, write: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 1; ; tries += 1)
    try {
      return await write()
    } catch (error) {
      if (tries === 10 || run.abort.signal.aborted) throw error
      await sleep(run.beat / 20)
    }
}

/** A Problem is in our own words, but for an address that it may name; what others say may hold what they were given. */
function wordsOf(error: unknown) {
  if (error instanceof Problem) return error.message.replace(/\S+@\S+/g, '(an address)')
  return error instanceof Error ? error.name : 'something that is no error'
}
