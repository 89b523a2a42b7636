import type { Job, JobState } from '../../domain/work/job.ts'
import type { Db } from '../database.ts'
import { jobColumns, toJob } from './job-rows.ts'

type Lease = { kind: string; now: string; until: string; token: string }

/** Who holds a job: nobody else can change it. */
export type HeldLease = { id: string; token: string }

/**
 * Takes the job of a kind that is due longest for whoever holds the token, until an instant. Of two processes that reach for the
 * same job the row says who was first.
 */
export async function leaseJob(
  db: Db,
  { kind, now, until, token }: Lease,
): Promise<Job | undefined> {
  for (;;) {
    const due = await db
      .selectFrom('job')
      .select('id')
      .where('state', '=', 'waiting')
      .where('kind', '=', kind)
      .where('run_at', '<=', now)
      .orderBy('run_at')
      .limit(1)
      .executeTakeFirst()
    if (!due) return undefined
    const taken = await db
      .updateTable('job')
      .set((row) => ({
        state: 'running' as const,
        claim: token,
        claimed_until: until,
        attempts: row('attempts', '+', 1),
        anew_at: null,
      }))
      .where('id', '=', due.id)
      .where('state', '=', 'waiting')
      .where('run_at', '<=', now)
      .returning(jobColumns)
      .executeTakeFirst()
    if (taken) return toJob(taken)
  }
}

/** Holds on to a claimed job. Answers false when it was taken away. */
export async function extendLease(db: Db, held: HeldLease, until: string): Promise<boolean> {
  const extended = await mine(db, held).set({ claimed_until: until }).executeTakeFirst()
  return extended.numUpdatedRows === 1n
}

type End = {
  state: JobState
  at: string
  runAt?: string | undefined
  error?: string | undefined
  /** Whether failures so far are forgotten. */
  fresh?: boolean
}

/** Ends the run of a claimed job; one that was asked for anew meanwhile waits again. Answers false, and changes nothing, when it was taken away. */
export async function endRun(
  db: Db,
  held: HeldLease,
  { state, at, runAt, error, fresh }: End,
): Promise<boolean> {
  const ended = await mine(db, held)
    .set({
      ...free,
      state,
      run_at: runAt,
      last_error: error ?? null,
      finished_at: state === 'waiting' ? null : at,
      attempts: fresh ? 0 : undefined,
    })
    .where('anew_at', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows === 1n) return true
  const renewed = await mine(db, held)
    .set((row) => ({
      ...free,
      state: 'waiting' as const,
      run_at: row.ref('anew_at').$notNull(),
      anew_at: null,
      last_error: error ?? null,
      attempts: 0,
    }))
    .where('anew_at', 'is not', null)
    .executeTakeFirst()
  return renewed.numUpdatedRows === 1n
}

/** Lets a claimed job go as if it had not been taken. Answers false, and changes nothing, when it was taken away. */
export async function releaseLease(db: Db, held: HeldLease): Promise<boolean> {
  const released = await mine(db, held)
    .set((row) => ({ ...free, state: 'waiting' as const, attempts: row('attempts', '-', 1) }))
    .executeTakeFirst()
  return released.numUpdatedRows === 1n
}

/** Running jobs whose holders let their time pass. */
export async function findExpiredLeases(db: Db, now: string, limit: number) {
  const rows = await db
    .selectFrom('job')
    .select(['id', 'key', 'kind', 'attempts', 'claim', 'claimed_until'])
    .where('claimed_until', '<=', now)
    .where('state', '=', 'running')
    .limit(limit)
    .execute()
  return rows.map(({ id, key, kind, attempts, claim, claimed_until }) => ({
    id,
    key,
    kind,
    attempts,
    token: claim as string,
    until: claimed_until as string,
  }))
}

type Reclaimed = { again: string | undefined; at: string; words: string }

/** Takes a job away from a holder who let the time pass. Answers false when the holder came back, or somebody else was first. */
export async function reclaimJob(
  db: Db,
  held: HeldLease & { until: string },
  { again, at, words }: Reclaimed,
): Promise<boolean> {
  const taken = await mine(db, held)
    .set({
      ...free,
      state: again ? 'waiting' : 'failed',
      run_at: again,
      last_error: words,
      finished_at: again ? null : at,
    })
    .where('claimed_until', '=', held.until)
    .executeTakeFirst()
  return taken.numUpdatedRows === 1n
}

const free = { claim: null, claimed_until: null }

function mine(db: Db, { id, token }: HeldLease) {
  return db
    .updateTable('job')
    .where('id', '=', id)
    .where('claim', '=', token)
    .where('state', '=', 'running')
}
