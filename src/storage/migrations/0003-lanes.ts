import { type Kysely, sql } from 'kysely'

const steps = [
  'alter table job add column anew_at text',
  'drop index job_due',
  // By kind, so that a search for one kind skips many jobs of another, and nothing is sorted.
  'create index job_kind on job (state, kind, run_at)',
  'create index job_held on job (claimed_until) where claimed_until is not null',
]

/** Jobs are found by kind, and a running job can be requested again. */
export async function addLanes(db: Kysely<unknown>) {
  for (const text of steps) await sql.raw(text).execute(db)
}
