import { setTimeout as sleep } from 'node:timers/promises'
import { logFailure } from '../actions/support/log-failure.ts'
import type { Tools } from '../actions/tools/tools.ts'
import { instantAfter, type Job, lease, nextTry } from '../domain/work/job.ts'
import { Problem } from '../problem.ts'
import { endRun, leaseJob, releaseLease } from '../storage/jobs/job-leases.ts'
import { planAgain } from '../storage/jobs/jobs.ts'
import { holdLease, type Run } from './hold-lease.ts'
import { reclaimExpired } from './reclaim-expired.ts'

/**
 * Runs a job of a kind. `again` is the instant of the next run, for recurring work. A handler must be safe to run
 * twice. When the signal aborts, because another process has the job or Blazon stops, the handler must end at once;
 * what it throws then is no failure.
 */
export type Handler = (
  tools: Tools,
  job: Job,
  run: { signal: AbortSignal },
) => Promise<{ again: string } | undefined>
export type Handlers = Record<string, Handler>

/** The jobs that this process runs, and how often their leases are extended, in milliseconds. */
export type Watch = { beat: number; runs: Set<Run> }

/** Plans recurring jobs, to run at once, even if they had failed permanently or were cancelled. */
export async function planStanding({ db, now }: Tools, keys: { kind: string; key: string }[]) {
  for (const job of keys) await planAgain(db, { ...job, runAt: now() })
}

/** Runs every due job, one after another; a failed one is tried again later. Answers how many ran. */
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

/** A watch without running jobs. A third of the lease as the beat leaves room for one missed extension. */
export function newWatch(beat = 20_000): Watch {
  return { beat, runs: new Set() }
}

/** Runs the job of a kind that has been due longest. Answers false if none is due. */
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
  const run: Run = { key: job.key, token, until, beat, abort: new AbortController() }
  watch.runs.add(run)
  const stopHolding = holdLease(tools, run)
  try {
    const outcome = await runOne(tools, handlers[kind] as Handler, job, run)
    tools.metrics.ran(kind, outcome)
  } finally {
    stopHolding()
    watch.runs.delete(run)
  }
  return true
}

/** The outcome of a run. */
export type Outcome = 'done' | 'again' | 'failed' | 'given-up' | 'released' | 'lost'

async function runOne(tools: Tools, handler: Handler, job: Job, run: Run): Promise<Outcome> {
  const { signal } = run.abort
  let next: { again: string } | undefined
  try {
    next = await handler(tools, job, { signal })
  } catch (error) {
    if (!signal.aborted) return fail(tools, job, run, error)
    return (await writeWithRetries(run, () => releaseLease(tools.db, run))) ? 'released' : 'lost'
  }
  const end = { state: next ? 'waiting' : 'done', at: tools.now(), runAt: next?.again } as const
  if (!(await writeWithRetries(run, () => endRun(tools.db, run, { ...end, fresh: true }))))
    return 'lost'
  return next ? 'again' : 'done'
}

async function fail(tools: Tools, job: Job, run: Run, error: unknown): Promise<Outcome> {
  const at = tools.now()
  const again = nextTry(job, at)
  const state = again ? 'waiting' : 'failed'
  const end = { state, at, runAt: again, error: wordsOf(error) } as const
  if (!(await writeWithRetries(run, () => endRun(tools.db, run, end)))) return 'lost'
  logFailure(
    tools.log,
    error,
    { job: job.key },
    again ? 'a job failed and is tried again' : 'a job failed permanently',
  )
  return again ? 'failed' : 'given-up'
}

/**
 * Writes the outcome of a run, with retries when the database fails: an outcome that is not written is repeated work.
 */
async function writeWithRetries(run: Run, write: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 1; ; tries += 1)
    try {
      return await write()
    } catch (error) {
      if (tries === 10 || run.abort.signal.aborted) throw error
      await sleep(run.beat / 20)
    }
}

/**
 * The text that is stored of an error. A Problem's own words, without addresses; of other errors the name, as their
 * text may quote data.
 */
function wordsOf(error: unknown) {
  if (error instanceof Problem) return error.message.replace(/\S+@\S+/g, '(an address)')
  return error instanceof Error ? error.name : 'a value that is not an error'
}
