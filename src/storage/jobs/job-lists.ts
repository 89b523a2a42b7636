import type { Job, JobState } from '../../domain/work/job.ts'
import type { Db } from '../database.ts'
import { jobColumns, toJob } from './job-rows.ts'

/** A job, by its key. */
export async function findJob(db: Db, key: string): Promise<Job | undefined> {
  const row = await db
    .selectFrom('job')
    .select(jobColumns)
    .where('key', '=', key)
    .executeTakeFirst()
  return row && toJob(row)
}

/** Jobs of a kind in one state, most urgent first. */
export async function listJobs(
  db: Db,
  { state, kind, limit }: { state: JobState; kind: string; limit: number },
): Promise<Job[]> {
  const rows = await db
    .selectFrom('job')
    .select(jobColumns)
    .where('state', '=', state)
    .where('kind', '=', kind)
    .orderBy('run_at')
    .limit(limit)
    .execute()
  return rows.map(toJob)
}

/** The kinds that have jobs in a state: one index lookup for each kind, whatever the number of jobs. */
export async function listKinds(db: Db, state: JobState): Promise<string[]> {
  const kinds: string[] = []
  for (let last = ''; ; ) {
    const { kind } = await db
      .selectFrom('job')
      .select(({ fn }) => fn.min<string | null>('kind').as('kind'))
      .where('state', '=', state)
      .where('kind', '>', last)
      .executeTakeFirstOrThrow()
    if (kind === null) return kinds
    kinds.push(kind)
    last = kind
  }
}

/** How many jobs of a kind are in a state, counted up to a limit; with `due`, only those due by then. */
export async function countJobs(
  db: Db,
  { state, kind, due, limit }: { state: JobState; kind: string; due?: string; limit: number },
): Promise<number> {
  let some = db
    .selectFrom('job')
    .select('run_at')
    .where('state', '=', state)
    .where('kind', '=', kind)
  if (due !== undefined) some = some.where('run_at', '<=', due)
  const { count } = await db
    .selectFrom(some.orderBy('run_at').limit(limit).as('some')) // ordered, so that the index is read
    .select(({ fn }) => fn.countAll<string | number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** When the longest waiting due job of a kind became due; undefined if none is due. */
export async function findOldestDue(
  db: Db,
  kind: string,
  now: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('job')
    .select('run_at')
    .where('state', '=', 'waiting')
    .where('kind', '=', kind)
    .where('run_at', '<=', now)
    .orderBy('run_at')
    .limit(1)
    .executeTakeFirst()
  return row?.run_at
}
