import { logFailure } from '../actions/support/log-failure.ts'
import type { Tools } from '../actions/tools/tools.ts'
import { instantAfter, lease } from '../domain/work/job.ts'
import { extendLease } from '../storage/jobs/job-leases.ts'

/**
 * A job that this process runs: its lease, under a token, lasts until an instant, and is extended every `beat`
 * milliseconds.
 */
export type Run = {
  key: string
  token: string
  until: string
  beat: number
  abort: AbortController
}

/**
 * Extends a job's lease again and again, and aborts the handler when the lease is lost. Answers a function that ends
 * this.
 */
export function holdLease(tools: Tools, run: Run): () => void {
  let timer: NodeJS.Timeout | undefined
  let ended = false
  const next = () => {
    if (!ended && !run.abort.signal.aborted) timer = setTimeout(() => void turn(), run.beat).unref()
  }
  const turn = async () => {
    const held = await extend(tools, run)
    if (!held && !ended) {
      tools.log.warn({ job: run.key }, 'a job was lost while it ran')
      run.abort.abort(new Error('Another process has this job now.'))
    }
    next()
  }
  next()
  return () => {
    ended = true
    clearTimeout(timer)
  }
}

async function extend(tools: Tools, run: Run): Promise<boolean> {
  const until = instantAfter(tools.now(), lease)
  try {
    if (!(await extendLease(tools.db, run, until))) return false
    run.until = until
    return true
  } catch (error) {
    logFailure(tools.log, error, { job: run.key }, 'the lease of a job could not be extended')
    // No other process reclaims the job before the lease expires; after that, one may.
    return tools.now() < run.until
  }
}
