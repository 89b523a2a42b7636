import { sql } from 'kysely'
import type { Db } from '../database.ts'

export type Plan = {
  kind: string
  key: string
  payload?: Record<string, unknown>
  /** ISO instant with `Z`, like every other here. */
  runAt: string
}

/**
 * Plans jobs, one a key. One that waits or was cancelled takes the new time; one that is running or over stays as it is, so
 * nothing is done twice.
 */
export async function planJobs(db: Db, plans: Plan[], at: string): Promise<void> {
  if (plans.length === 0) return
  await db
    .insertInto('job')
    .values(plans.map((plan) => rowOf(plan, at)))
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({
          run_at: row.ref('excluded.run_at'),
          state: 'waiting' as const,
          attempts: sql`case when job.state = 'cancelled' then 0 else job.attempts end`,
          finished_at: null,
        }))
        .where('job.state', 'in', ['waiting', 'cancelled']),
    )
    .execute()
}

/**
 * Plans a job that may run again after it is over. One that waits keeps its time if that is earlier, so that asking often does not
 * put it off. One that runs just now runs once more when it ends, since it may have looked before there was something to see.
 */
export async function planAgain(db: Db, plan: Plan, at: string): Promise<void> {
  await db
    .insertInto('job')
    .values(rowOf(plan, at))
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((row) => ({
        state: sql`case when job.state = 'running' then 'running' else 'waiting' end`,
        run_at: sql`case when job.state = 'running' or (job.state = 'waiting' and job.run_at < excluded.run_at) then job.run_at else excluded.run_at end`,
        anew_at: sql`case when job.state = 'running' then excluded.run_at end`,
        attempts: sql`case when job.state = 'running' then job.attempts else 0 end`,
        last_error: sql`case when job.state = 'running' then job.last_error end`,
        payload: row.ref('excluded.payload'),
        planned_at: row.ref('excluded.planned_at'),
        finished_at: null,
      })),
    )
    .execute()
}

function rowOf({ kind, key, payload = {}, runAt }: Plan, at: string) {
  return {
    id: key,
    kind,
    key,
    payload: JSON.stringify(payload),
    run_at: runAt,
    state: 'waiting' as const,
    attempts: 0,
    planned_at: at,
  }
}

/** Takes back jobs that wait. */
export async function cancelJobs(db: Db, keys: string[], at: string): Promise<void> {
  if (keys.length === 0) return
  await db
    .updateTable('job')
    .set({ state: 'cancelled', finished_at: at })
    .where('key', 'in', keys)
    .where('state', '=', 'waiting')
    .execute()
}

/** When the waiting ones of these jobs are due, and how often they failed, by key. */
export async function findWaiting(
  db: Db,
  keys: string[],
): Promise<Map<string, { runAt: string; attempts: number }>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('job')
    .select(['key', 'run_at', 'attempts'])
    .where('key', 'in', keys)
    .where('state', '=', 'waiting')
    .execute()
  return new Map(rows.map(({ key, run_at, attempts }) => [key, { runAt: run_at, attempts }]))
}

/** When those of these jobs were due that run or are over, but for what was cancelled; by key. */
export async function findBegun(db: Db, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('job')
    .select(['key', 'run_at'])
    .where('key', 'in', keys)
    .where('state', 'in', ['running', 'done', 'failed'])
    .execute()
  return new Map(rows.map(({ key, run_at }) => [key, run_at]))
}

/** Puts a job that failed back in line, to run at once. Answers false when it is in no state for that. */
export async function retryJob(db: Db, key: string, now: string): Promise<boolean> {
  const retried = await retry(db, now)
    .where('key', '=', key)
    .where((is) =>
      is.or([
        is('state', '=', 'failed'),
        is.and([is('state', '=', 'waiting'), is('attempts', '>', 0)]),
      ]),
    )
    .executeTakeFirst()
  return retried.numUpdatedRows === 1n
}

/** Puts every job of a kind that was given up back in line. Answers how many. */
export async function retryKind(db: Db, kind: string, now: string): Promise<number> {
  const retried = await retry(db, now)
    .where('state', '=', 'failed')
    .where('kind', '=', kind)
    .executeTakeFirst()
  return Number(retried.numUpdatedRows)
}

function retry(db: Db, now: string) {
  return db
    .updateTable('job')
    .set({ state: 'waiting', run_at: now, attempts: 0, finished_at: null })
}

/** Gives up a job that waits or failed. Answers false when it is in no state for that. */
export async function giveUpJob(db: Db, key: string, at: string): Promise<boolean> {
  const cancelled = await db
    .updateTable('job')
    .set({ state: 'cancelled', finished_at: at })
    .where('key', '=', key)
    .where('state', 'in', ['waiting', 'failed'])
    .executeTakeFirst()
  return cancelled.numUpdatedRows === 1n
}

type Past = { kind: string; before: string; except: string; limit: number }

/** Forgets some jobs of a kind that were over before an instant, but for keys with a beginning. Answers how many. */
export async function forgetJobs(db: Db, { kind, before, except, limit }: Past): Promise<number> {
  const forgotten = await db
    .deleteFrom('job')
    .where('id', 'in', (from) =>
      from
        .selectFrom('job')
        .select('id')
        .where('state', 'in', ['done', 'cancelled'])
        .where('kind', '=', kind)
        .where('finished_at', '<', before)
        .where('key', 'not like', `${except}%`)
        .limit(limit),
    )
    .where('state', 'in', ['done', 'cancelled'])
    .executeTakeFirst()
  return Number(forgotten.numDeletedRows)
}
