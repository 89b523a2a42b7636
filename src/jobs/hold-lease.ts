import type { Tools } from '../actions/tools/tools.ts'
import { instantAfter, lease } from '../domain/work/job.ts'
import { extendLease } from '../storage/jobs/job-leases.ts'

/** A job that this process runs, held under a token until an instant that is moved on every so many milliseconds. */
export type Run = {
  id: string
  key: string
  token: string
  until: string
  beat: number
  abort: AbortController
}

/** Says again and again that the holder of a job lives, and tells the handler when the job is lost. Answers what ends that. */
export function holdLease(tools: Tools, run: Run): () => void {
  let timer: NodeJS.Timeout | undefined
  let over = false
  const next = () => {
    if (!over && !run.abort.signal.aborted) timer = setTimeout(() => void turn(), run.beat).unref()
  }
  const turn = async () => {
    const held = await extend(tools, run)
    if (!held && !over) {
      tools.log.warn({ job: run.key }, 'a job was lost while it ran')
      run.abort.abort(new Error('This job is somebody else’s now.'))
    }
    next()
  }
  next()
  return () => {
    over = true
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
    tools.log.warn({ job: run.key, err: error }, 'a job could not be held on to')
    // Nobody takes it before its time; after that, somebody may.
    return tools.now() < run.until
  }
}
