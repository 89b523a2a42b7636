import { Problem } from '../../problem.ts'
import { findJob } from '../../storage/jobs/job-lists.ts'
import { cancelJob, retryJob, retryKind } from '../../storage/jobs/jobs.ts'
import type { Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'now'>

/** Queues a failed job to run at once. Throws `not-found`, or `conflict` when it needs no retry. */
export async function retry({ db, now }: Needs, key: string): Promise<void> {
  if (!(await retryJob(db, key, now()))) await refuse(db, key, 'retried')
}

/** Queues every permanently failed job of a kind. Answers how many. */
export function retryAll({ db, now }: Needs, kind: string): Promise<number> {
  return retryKind(db, kind, now())
}

/** Cancels a waiting or failed job. Throws `not-found`, or `conflict` when it runs or has finished. */
export async function cancel({ db, now }: Needs, key: string): Promise<void> {
  if (!(await cancelJob(db, key, now()))) await refuse(db, key, 'cancelled')
}

const words = {
  waiting: 'It waits, and has not failed.',
  running: 'It is running; look again when it has ended.',
  done: 'It is done.',
  failed: 'It has just failed; look again.',
  cancelled: 'It was cancelled before.',
}

async function refuse(db: Tools['db'], key: string, verb: 'retried' | 'cancelled'): Promise<never> {
  const job = await findJob(db, key)
  if (!job)
    throw new Problem(
      'not-found/no-such-job',
      `There is no job ${key}. List the jobs: npm run jobs`,
    )
  throw new Problem(`conflict/job-not-${verb}`, `${key} cannot be ${verb}. ${words[job.state]}`)
}
