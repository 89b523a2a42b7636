import { type Kysely, sql } from 'kysely'

const steps = [
  'alter table job add column anew_at text',
  'drop index job_due',
  // By kind, so that many jobs of one kind are not walked through for another, and nothing is sorted.
  'create index job_kind on job (state, kind, run_at)',
  'create index job_held on job (claimed_until) where claimed_until is not null',
]

/** Jobs are found by their kind, and one that runs can be asked for anew. */
export async function addLanes(db: Kysely<unknown>) {
  for (const text of steps) await sql.raw(text).execute(db)
}
