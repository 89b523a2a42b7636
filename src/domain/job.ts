/** Where a durable job stands. A failed one is tried again by an operator's hand only. */
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

/** One piece of durable work; `key` says what it is about, and there is only ever one job with a key. */
export type Job = {
  id: string
  kind: string
  key: string
  payload: Record<string, unknown>
  runAt: string
  state: JobState
  attempts: number
  lastError: string | null
}
