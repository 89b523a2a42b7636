import type { Job, JobState } from '../domain/job.ts'
import { Problem } from '../problem.ts'
import { countJobs, listJobs, retryJob } from '../storage/jobs.ts'
import type { Tools } from './tools.ts'

/** How many jobs there are, and the most urgent of one state, for an operator's terminal. */
export async function readJobs(
  { db }: Pick<Tools, 'db'>,
  asked: { state: JobState; kind?: string | undefined; limit: number },
): Promise<{ counts: Awaited<ReturnType<typeof countJobs>>; jobs: Job[] }> {
  return { counts: await countJobs(db), jobs: await listJobs(db, asked) }
}

/** Puts a job that was given up back in line. Throws `not-found`. */
export async function retry({ db, now }: Pick<Tools, 'db' | 'now'>, key: string): Promise<void> {
  if (await retryJob(db, key, now())) return
  throw new Problem(
    'not-found',
    `There is no failed job ${key}. See them: npm run jobs -- --state failed`,
  )
}
