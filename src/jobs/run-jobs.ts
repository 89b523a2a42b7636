import type { Tools } from '../actions/tools.ts'
import { instantAfter, type Job, nextTry } from '../domain/job.ts'
import { Problem } from '../problem.ts'
import { claimJob, endRun, planJobs } from '../storage/jobs.ts'

/** What runs a job of a kind; `again` is the instant to run it next, for work that never ends. It may run twice, and must bear it. */
export type Handler = (tools: Tools, job: Job) => Promise<{ again: string } | undefined>
export type Handlers = Record<string, Handler>

/** A job that runs longer is taken to be dead, and given to somebody else. */
const lease = 'PT10M'

/** Puts jobs that run for ever on record; those that are there stay as they are. */
export async function planStanding({ db, now }: Tools, keys: { kind: string; key: string }[]) {
  await planJobs(
    db,
    keys.map((job) => ({ ...job, runAt: now() })),
    now(),
  )
}

/** Runs whatever is due, one after another; a job that fails is tried again later. Answers how many ran. */
export async function runDueJobs(tools: Tools, handlers: Handlers): Promise<number> {
  for (let count = 0; ; count += 1) {
    const now = tools.now()
    const token = Buffer.from(tools.random(16)).toString('hex')
    const claim = { kinds: Object.keys(handlers), now, until: instantAfter(now, lease), token }
    const job = await claimJob(tools.db, claim)
    if (!job) return count
    await run(tools, { job, token, handler: handlers[job.kind] as Handler })
  }
}

type Run = { job: Job; token: string; handler: Handler }

async function run(tools: Tools, { job, token, handler }: Run) {
  const held = { id: job.id, token }
  try {
    const next = await handler(tools, job)
    await endRun(tools.db, held, {
      state: next ? 'waiting' : 'done',
      at: tools.now(),
      runAt: next?.again,
      fresh: true,
    })
  } catch (error) {
    const again = nextTry(job.attempts, tools.now())
    tools.log.warn(
      { job: job.key, err: error },
      again ? 'a job failed and is tried again' : 'a job failed and is given up',
    )
    await endRun(tools.db, held, {
      state: again ? 'waiting' : 'failed',
      at: tools.now(),
      runAt: again,
      error: wordsOf(error),
    })
  }
}

/** A Problem is in our own words; what others say may hold what they were given. */
function wordsOf(error: unknown) {
  if (error instanceof Problem) return error.message
  return error instanceof Error ? error.name : 'something that is no error'
}
