import { sql } from 'kysely'
import type { Job, JobState } from '../../domain/work/job.ts'

export const jobColumns = [
  'key',
  'kind',
  'payload',
  'run_at',
  'state',
  'attempts',
  'last_error',
] as const

type Row = {
  key: string
  kind: string
  payload: string
  run_at: string
  state: JobState
  attempts: number
  last_error: string | null
}

export function toJob(row: Row): Job {
  return {
    key: row.key,
    kind: row.kind,
    payload: JSON.parse(row.payload) as unknown,
    runAt: row.run_at,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
  }
}

/**
 * The state, not by its index: without statistics, SQLite prefers that index to others, and reads
 * every job in the state.
 */
export const stateUnindexed = sql<string>`state || ''`
