/** The state of a durable job. A job that failed too often is retried only by an operator. */
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

/** One piece of durable work. `key` identifies it; there is only ever one job with a key. */
export type Job = {
  key: string
  kind: string
  /** Written by the planner of its kind: see `domain/holders/job-payloads.ts`. */
  payload: unknown
  runAt: string
  state: JobState
  attempts: number
  lastError: string | null
}

/** How long a lease lasts, as an ISO duration. A process that does not extend its lease in time is taken to be dead. */
export const lease = 'PT1M'

/**
 * Jobs with this prefix are kept permanently, so that they run only once; other finished jobs are deleted after
 * `keptFor`.
 */
export const keptPermanently = 'mail:'
export const keptFor = { days: 30 }

const waits = ['PT10S', 'PT1M', 'PT5M', 'PT30M', 'PT2H', 'PT6H', 'PT12H', 'PT24H', 'PT24H']

/**
 * Kinds of jobs that recur for ever, and their longest wait after a failure. They never fail permanently: their work
 * would stop unnoticed.
 */
const longestWaits: Record<string, string> = { settle: 'PT5M', prune: 'PT24H', poll: 'PT24H' }

type Tried = Pick<Job, 'kind' | 'attempts'>

/** When a failed job is tried again, as an ISO instant with `Z`; undefined after the last try. */
export function nextTry({ kind, attempts }: Tried, now: string): string | undefined {
  const last = longestWaits[kind]
  const wait = waits[last ? Math.min(attempts - 1, waits.indexOf(last)) : attempts - 1]
  return wait && instantAfter(now, wait)
}

/** An instant plus a duration, as ISO with `Z`. */
export function instantAfter(now: string, duration: string): string {
  return Temporal.Instant.from(now).add(duration).toString({ fractionalSecondDigits: 3 })
}

/**
 * What follows when a lease expires: the run counts as a failed try at the last sign of life, so a job that ends its
 * process fails permanently like any other.
 */
export function afterExpiredLease({ kind, attempts }: Tried, leasedUntil: string) {
  const again = nextTry({ kind, attempts }, instantAfter(leasedUntil, `-${lease}`))
  const words = again
    ? 'The process that ran it ended, or did not answer for a minute.'
    : `The process that ran it ended, or did not answer for a minute, at the last of ${attempts} tries.`
  return { again, words }
}

/** An instant minus a duration, as ISO with `Z`. */
export function instantBefore(now: string, duration: string): string {
  return Temporal.Instant.from(now).subtract(duration).toString({ fractionalSecondDigits: 3 })
}
