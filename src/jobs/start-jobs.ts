import { setTimeout as sleep } from 'node:timers/promises'
import { logFailure } from '../actions/support/log-failure.ts'
import type { Tools } from '../actions/tools/tools.ts'
import { releaseLease } from '../storage/jobs/job-leases.ts'
import { reclaimExpired } from './reclaim-expired.ts'
import { type Handlers, newWatch, runNext, type Watch } from './run-jobs.ts'

/** How many jobs of a kind one process runs at once; one of every other kind. */
const lanes: Record<string, number> = { mail: 4, 'sign-in': 4 }

/**
 * Milliseconds: between searches for work, between extensions of leases, and for how long stopping waits for running
 * jobs.
 */
export type Pace = { pause: number; beat: number; patience: number }
const usual: Pace = { pause: 1000, beat: 20_000, patience: 8000 }

/** How long a handler has to end after its signal has aborted, in milliseconds. */
const abortPatience = 1000

/**
 * Runs jobs as they become due, each kind in a lane of its own, so that no kind waits for another. Stopping waits for
 * running jobs; those that still run then are aborted, and released for another process.
 */
export function startJobs(
  tools: Tools,
  handlers: Handlers,
  pace: Partial<Pace> = {},
): { stop: () => Promise<void> } {
  const { pause, beat, patience } = { ...usual, ...pace }
  const watch = newWatch(beat)
  const stopping = new AbortController()
  const loop = async (turn: () => Promise<boolean>) => {
    while (!stopping.signal.aborted) {
      const more = await turn().catch((error: unknown) => {
        logFailure(tools.log, error, {}, 'jobs could not be run')
        return false
      })
      if (!more) await rest(pause, stopping.signal)
    }
  }
  const loops = [loop(async () => reclaimExpired(tools).then(() => false))]
  for (const kind of Object.keys(handlers))
    for (let place = 0; place < (lanes[kind] ?? 1); place += 1)
      loops.push(loop(() => runNext(tools, handlers, kind, watch)))
  return {
    stop: async () => {
      stopping.abort()
      const ended = Promise.all(loops)
      if (await hasEnded(ended, patience)) return
      for (const { abort } of watch.runs) abort.abort(new Error('Blazon stops.'))
      if (!(await hasEnded(ended, abortPatience))) await release(tools, watch)
    },
  }
}

/** Waits without keeping the process alive. */
async function rest(milliseconds: number, signal: AbortSignal) {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {})
}

async function hasEnded(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const late = new AbortController()
  const ended = await Promise.race([
    work.then(() => true),
    sleep(milliseconds, false, { signal: late.signal }),
  ])
  late.abort()
  return ended
}

async function release(tools: Tools, { runs }: Watch) {
  for (const run of runs) {
    tools.log.warn({ job: run.key }, 'a job did not end in time and is released')
    await releaseLease(tools.db, run)
  }
}
