import type { Job, JobState } from '../domain/job.ts'
import type { Db } from './database.ts'

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
    .values(
      plans.map(({ kind, key, payload = {}, runAt }) => ({
        id: key,
        kind,
        key,
        payload: JSON.stringify(payload),
        run_at: runAt,
        state: 'waiting' as const,
        attempts: 0,
        planned_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({
          run_at: row.ref('excluded.run_at'),
          state: 'waiting' as const,
          finished_at: null,
        }))
        .where('job.state', 'in', ['waiting', 'cancelled']),
    )
    .execute()
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

/** When the waiting ones of these jobs are due, by key. */
export async function findWaiting(db: Db, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('job')
    .select(['key', 'run_at'])
    .where('key', 'in', keys)
    .where('state', '=', 'waiting')
    .execute()
  return new Map(rows.map(({ key, run_at }) => [key, run_at]))
}

type Claim = { kinds: string[]; now: string; until: string; token: string }

/**
 * Takes the job that is due longest for whoever holds the token, until an instant; one whose holder let that pass is free again.
 * Of two processes that reach for the same job the row says who was first.
 */
export async function claimJob(
  db: Db,
  { kinds, now, until, token }: Claim,
): Promise<Job | undefined> {
  for (;;) {
    const due = await db
      .selectFrom('job')
      .select(['id', 'claim', 'attempts'])
      .where('kind', 'in', kinds)
      .where((is) =>
        is.or([
          is.and([is('state', '=', 'waiting'), is('run_at', '<=', now)]),
          is.and([is('state', '=', 'running'), is('claimed_until', '<=', now)]),
        ]),
      )
      .orderBy('run_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (!due) return undefined
    const taken = await db
      .updateTable('job')
      .set({ state: 'running', claim: token, claimed_until: until, attempts: due.attempts + 1 })
      .where('id', '=', due.id)
      .where('attempts', '=', due.attempts)
      .where('state', 'in', ['waiting', 'running'])
      .where('claim', due.claim === null ? 'is' : '=', due.claim)
      .returning(columns)
      .executeTakeFirst()
    if (taken) return toJob(taken)
  }
}

/** Holds on to a claimed job. Answers false when somebody else has it. */
export async function extendClaim(db: Db, id: string, token: string, until: string) {
  const held = await db
    .updateTable('job')
    .set({ claimed_until: until })
    .where('id', '=', id)
    .where('claim', '=', token)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return held.numUpdatedRows === 1n
}

type End = {
  state: JobState
  at: string
  runAt?: string | undefined
  error?: string | undefined
  /** Whether failures so far are forgotten. */
  fresh?: boolean
}

/** Ends the run of a claimed job; only its holder can. */
export async function endRun(
  db: Db,
  { id, token }: { id: string; token: string },
  { state, at, runAt, error, fresh }: End,
): Promise<void> {
  await db
    .updateTable('job')
    .set({
      state,
      claim: null,
      claimed_until: null,
      run_at: runAt,
      last_error: error ?? null,
      finished_at: state === 'waiting' ? null : at,
      attempts: fresh ? 0 : undefined,
    })
    .where('id', '=', id)
    .where('claim', '=', token)
    .where('state', '=', 'running')
    .execute()
}

/** Puts a job that was given up back in line. Answers false when there is no such job. */
export async function retryJob(db: Db, key: string, now: string): Promise<boolean> {
  const retried = await db
    .updateTable('job')
    .set({ state: 'waiting', run_at: now, attempts: 0, finished_at: null })
    .where('key', '=', key)
    .where('state', '=', 'failed')
    .executeTakeFirst()
  return retried.numUpdatedRows === 1n
}

const columns = [
  'id',
  'kind',
  'key',
  'payload',
  'run_at',
  'state',
  'attempts',
  'last_error',
] as const

type Row = {
  id: string
  kind: string
  key: string
  payload: string
  run_at: string
  state: JobState
  attempts: number
  last_error: string | null
}

function toJob(row: Row): Job {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    runAt: row.run_at,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
  }
}

/** Jobs in one state, the most urgent first. */
export async function listJobs(
  db: Db,
  { state, kind, limit }: { state: JobState; kind?: string | undefined; limit: number },
): Promise<Job[]> {
  let query = db.selectFrom('job').select(columns).where('state', '=', state)
  if (kind) query = query.where('kind', '=', kind)
  return (await query.orderBy('run_at').orderBy('id').limit(limit).execute()).map(toJob)
}

/** How many jobs of each kind are in each state, and since when the oldest of them is due. */
export async function countJobs(db: Db) {
  const rows = await db
    .selectFrom('job')
    .select(({ fn }) => [
      'kind',
      'state',
      fn.countAll<string | number>().as('count'),
      fn.min('run_at').as('oldest'),
    ])
    .groupBy(['kind', 'state'])
    .orderBy('kind')
    .orderBy('state')
    .execute()
  return rows.map(({ kind, state, count, oldest }) => ({
    kind,
    state,
    count: Number(count),
    oldest,
  }))
}
