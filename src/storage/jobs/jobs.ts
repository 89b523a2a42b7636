import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { fixedInsert } from '../fixed-query.ts'
import { stateUnindexed } from './job-rows.ts'

export type Plan = {
  kind: string
  key: string
  payload?: Record<string, unknown>
  /** ISO instant with `Z`, as all instants here. */
  runAt: string
}

/**
 * Plans jobs, one for each key. A waiting or cancelled job gets the new time; a running or finished one stays as it is,
 * so that it runs only once.
 */
export async function planJobs(db: Db, plans: Plan[]): Promise<void> {
  await planned(db, plans.map(rowOf))
}

const planned = fixedInsert((db, rows: ReturnType<typeof rowOf>[]) =>
  db
    .insertInto('job')
    .values(rows)
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
    ),
)

/**
 * Plans a job that may run again after it has finished. A waiting job keeps an earlier time, so that frequent requests
 * do not delay it. A running job runs once more when it ends, since it may have missed the reason for this request.
 */
export async function planAgain(db: Db, plan: Plan): Promise<void> {
  await db
    .insertInto('job')
    .values(rowOf(plan))
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((row) => ({
        state: sql`case when job.state = 'running' then 'running' else 'waiting' end`,
        run_at: sql`case when job.state = 'running' or (job.state = 'waiting' and job.run_at < excluded.run_at) then job.run_at else excluded.run_at end`,
        anew_at: sql`case when job.state = 'running' then excluded.run_at end`,
        attempts: sql`case when job.state = 'running' then job.attempts else 0 end`,
        last_error: sql`case when job.state = 'running' then job.last_error end`,
        payload: row.ref('excluded.payload'),
        finished_at: null,
      })),
    )
    .execute()
}

function rowOf({ kind, key, payload = {}, runAt }: Plan) {
  return {
    key,
    kind,
    payload: JSON.stringify(payload),
    run_at: runAt,
    state: 'waiting' as const,
    attempts: 0,
  }
}

/** Cancels waiting jobs. */
export async function cancelJobs(db: Db, keys: string[], at: string): Promise<void> {
  if (keys.length === 0) return
  await db
    .updateTable('job')
    .set({ state: 'cancelled', finished_at: at })
    .where('key', 'in', keys)
    .where(stateUnindexed, '=', 'waiting')
    .execute()
}

/** When the waiting jobs among these are due, and how often they failed, by key. */
export async function findWaiting(
  db: Db,
  keys: string[],
): Promise<Map<string, { runAt: string; attempts: number }>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('job')
    .select(['key', 'run_at', 'attempts'])
    .where('key', 'in', keys)
    .where(stateUnindexed, '=', 'waiting')
    .execute()
  return new Map(rows.map(({ key, run_at, attempts }) => [key, { runAt: run_at, attempts }]))
}

/** When the begun or finished jobs among these were due, by key; cancelled ones are left out. */
export async function findBegun(db: Db, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('job')
    .select(['key', 'run_at'])
    .where('key', 'in', keys)
    .where(stateUnindexed, 'in', ['running', 'done', 'failed'])
    .execute()
  return new Map(rows.map(({ key, run_at }) => [key, run_at]))
}

/** Queues a failed job to run at once. Answers false if its state does not allow that. */
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

/** Queues every permanently failed job of a kind. Answers how many. */
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

/** Cancels a waiting or failed job. Answers false if its state does not allow that. */
export async function cancelJob(db: Db, key: string, at: string): Promise<boolean> {
  const cancelled = await db
    .updateTable('job')
    .set({ state: 'cancelled', finished_at: at })
    .where('key', '=', key)
    .where('state', 'in', ['waiting', 'failed'])
    .executeTakeFirst()
  return cancelled.numUpdatedRows === 1n
}

type Past = { kind: string; before: string; except: string; limit: number }

/** Deletes some jobs of a kind that finished before an instant, except those with a key prefix. Answers how many. */
export async function forgetJobs(db: Db, { kind, before, except, limit }: Past): Promise<number> {
  const forgotten = await db
    .deleteFrom('job')
    .where('key', 'in', (from) =>
      from
        .selectFrom('job')
        .select('key')
        .where('state', 'in', ['done', 'cancelled'])
        .where('kind', '=', kind)
        .where('finished_at', '<', before)
        .where('key', 'not like', `${except}%`)
        .limit(limit),
    )
    .where(stateUnindexed, 'in', ['done', 'cancelled'])
    .executeTakeFirst()
  return Number(forgotten.numDeletedRows)
}
