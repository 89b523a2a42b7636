import { Problem } from '../../problem.ts'
import { findJob } from '../../storage/jobs/job-lists.ts'
import { giveUpJob, retryJob, retryKind } from '../../storage/jobs/jobs.ts'
import type { Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'now'>

/** Puts a job that failed back in line, to run at once. Throws `not-found`, or `conflict` when it needs no retry. */
export async function retry({ db, now }: Needs, key: string): Promise<void> {
  if (!(await retryJob(db, key, now()))) await refuse(db, key, 'retried')
}

/** Puts every job of a kind that was given up back in line. Answers how many. */
export function retryAll({ db, now }: Needs, kind: string): Promise<number> {
  return retryKind(db, kind, now())
}

/** Takes a job back that waits or was given up. Throws `not-found`, or `conflict` when it runs or is over. */
export async function cancel({ db, now }: Needs, key: string): Promise<void> {
  if (!(await giveUpJob(db, key, now()))) await refuse(db, key, 'cancelled')
}

const words = {
  waiting: 'It waits, and has not failed.',
  running: 'It runs just now; look again when it has ended.',
  done: 'It is done.',
  failed: 'It has just failed; look again.',
  cancelled: 'It was cancelled before.',
}

async function refuse(db: Tools['db'], key: string, verb: string): Promise<never> {
  const job = await findJob(db, key)
  if (!job)
    throw new Problem('not-found', `There is no job ${key}. See what there is: npm run jobs`)
  throw new Problem('conflict', `${key} cannot be ${verb}. ${words[job.state]}`)
}
