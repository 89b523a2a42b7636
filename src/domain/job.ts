/** Where a durable job stands. One that failed too often is tried again by an operator's hand only. */
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

const waits = ['PT10S', 'PT1M', 'PT5M', 'PT30M', 'PT2H', 'PT6H', 'PT12H', 'PT24H', 'PT24H']

/** When a job that has failed so often is tried again, as an ISO instant with `Z`; nothing, when it is given up. */
export function nextTry(attempts: number, now: string): string | undefined {
  const wait = waits[attempts - 1]
  return wait && instantAfter(now, wait)
}

/** An ISO instant with `Z`, so much later. */
export function instantAfter(now: string, duration: string): string {
  return Temporal.Instant.from(now).add(duration).toString({ fractionalSecondDigits: 3 })
}
