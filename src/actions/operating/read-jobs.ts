import type { Job, JobState } from '../../domain/work/job.ts'
import { countJobs, findOldestDue, listJobs, listKinds } from '../../storage/jobs/job-lists.ts'
import type { Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'now'>

/**
 * How many jobs of a kind are in each state. `waiting` jobs are not due yet; `oldestDue` is when the oldest `due` one
 * became due.
 */
export type JobCounts = {
  kind: string
  waiting: number
  due: number
  running: number
  failed: number
  done: number
  cancelled: number
  oldestDue: string | null
}

const states = ['waiting', 'running', 'failed', 'done', 'cancelled'] as const

/** Counts all jobs, for an operator's terminal. It reads the whole index, so it is not for metrics. */
export async function readJobCounts({ db, now }: Needs): Promise<JobCounts[]> {
  const at = now()
  const limit = Number.MAX_SAFE_INTEGER
  const counts: JobCounts[] = []
  for (const kind of await kindsIn(db, states)) {
    const of = (state: JobState) => countJobs(db, { state, kind, limit })
    const due = await countJobs(db, { state: 'waiting', kind, due: at, limit })
    counts.push({
      kind,
      waiting: (await of('waiting')) - due,
      due,
      running: await of('running'),
      failed: await of('failed'),
      done: await of('done'),
      cancelled: await of('cancelled'),
      oldestDue: (await findOldestDue(db, kind, at)) ?? null,
    })
  }
  return counts
}

/** Jobs in one state, most urgent first. */
export async function readJobs(
  { db }: Pick<Needs, 'db'>,
  { state, kind, limit }: { state: JobState; kind?: string | undefined; limit: number },
): Promise<Job[]> {
  const jobs: Job[] = []
  for (const each of kind === undefined ? await listKinds(db, state) : [kind])
    jobs.push(...(await listJobs(db, { state, kind: each, limit })))
  return jobs.toSorted((a, b) => (a.runAt < b.runAt ? -1 : 1)).slice(0, limit)
}

/** The open jobs of a kind, each count up to `countedTo`, so that counting stays cheap. */
export type OpenJobs = {
  kind: string
  due: number
  running: number
  failed: number
  oldestDueSeconds: number
}
export const countedTo = 10_000

/** The open jobs, for metrics. Jobs that are not due yet are numerous and show no problem, so they are not counted. */
export async function readOpenJobs({ db, now }: Needs): Promise<OpenJobs[]> {
  const at = now()
  const open: OpenJobs[] = []
  for (const kind of await kindsIn(db, ['waiting', 'running', 'failed'])) {
    const count = (state: JobState, due?: string) =>
      countJobs(db, { state, kind, limit: countedTo, ...(due && { due }) })
    const oldest = await findOldestDue(db, kind, at)
    open.push({
      kind,
      due: oldest === undefined ? 0 : await count('waiting', at),
      running: await count('running'),
      failed: await count('failed'),
      oldestDueSeconds: oldest === undefined ? 0 : secondsBetween(oldest, at),
    })
  }
  return open
}

function secondsBetween(from: string, to: string) {
  return Temporal.Instant.from(from).until(to).total('seconds')
}

async function kindsIn(db: Needs['db'], among: readonly JobState[]): Promise<string[]> {
  const kinds = new Set<string>()
  for (const state of among) for (const kind of await listKinds(db, state)) kinds.add(kind)
  return [...kinds].sort()
}
