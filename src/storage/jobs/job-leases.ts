import type { Job, JobState } from '../../domain/work/job.ts'
import type { Db } from '../database.ts'
import { jobColumns, stateUnindexed, toJob } from './job-rows.ts'

type Lease = { kind: string; now: string; until: string; token: string }

/** A held lease: only the holder of its token can change the job. */
export type HeldLease = { key: string; token: string }

/**
 * Leases the job of a kind that has been due longest, until an instant. If two processes try to lease the same job, the
 * row decides which one gets it.
 */
export async function leaseJob(
  db: Db,
  { kind, now, until, token }: Lease,
): Promise<Job | undefined> {
  for (;;) {
    const due = await db
      .selectFrom('job')
      .select('key')
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
      .where('key', '=', due.key)
      .where('state', '=', 'waiting')
      .where('run_at', '<=', now)
      .returning(jobColumns)
      .executeTakeFirst()
    if (taken) return toJob(taken)
  }
}

/** Extends a lease. Answers false if another process has reclaimed the job. */
export async function extendLease(db: Db, held: HeldLease, until: string): Promise<boolean> {
  const extended = await heldJob(db, held).set({ claimed_until: until }).executeTakeFirst()
  return extended.numUpdatedRows === 1n
}

type End = {
  state: JobState
  at: string
  runAt?: string | undefined
  error?: string | undefined
  /** Whether earlier failures are forgotten. */
  fresh?: boolean
}

/**
 * Ends a run; the job waits again if it was requested meanwhile. If another process has reclaimed it, answers false and
 * changes nothing.
 */
export async function endRun(
  db: Db,
  held: HeldLease,
  { state, at, runAt, error, fresh }: End,
): Promise<boolean> {
  const ended = await heldJob(db, held)
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
  const renewed = await heldJob(db, held)
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

/**
 * Releases a lease as if it had never been taken. If another process has reclaimed the job, answers false and changes
 * nothing.
 */
export async function releaseLease(db: Db, held: HeldLease): Promise<boolean> {
  const released = await heldJob(db, held)
    .set((row) => ({ ...free, state: 'waiting' as const, attempts: row('attempts', '-', 1) }))
    .executeTakeFirst()
  return released.numUpdatedRows === 1n
}

/** Running jobs with expired leases. */
export async function findExpiredLeases(db: Db, now: string, limit: number) {
  const rows = await db
    .selectFrom('job')
    .select(['key', 'kind', 'attempts', 'claim', 'claimed_until'])
    .where('claimed_until', '<=', now)
    .where(stateUnindexed, '=', 'running')
    .limit(limit)
    .execute()
  return rows.map(({ key, kind, attempts, claim, claimed_until }) => ({
    key,
    kind,
    attempts,
    token: claim as string,
    until: claimed_until as string,
  }))
}

type Reclaimed = { again: string | undefined; at: string; words: string }

/**
 * Reclaims a job with an expired lease. Answers false if its holder extended the lease, or another process was first.
 */
export async function reclaimJob(
  db: Db,
  held: HeldLease & { until: string },
  { again, at, words }: Reclaimed,
): Promise<boolean> {
  const taken = await heldJob(db, held)
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

function heldJob(db: Db, { key, token }: HeldLease) {
  return db
    .updateTable('job')
    .where('key', '=', key)
    .where('claim', '=', token)
    .where('state', '=', 'running')
}
