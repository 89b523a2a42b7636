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

/** A process that runs a job and has not said for so long that it lives is taken to be dead. */
export const lease = 'PT1M'

/** Jobs with such a key are once-only for good; others that are over are forgotten after a while. */
export const keptForGood = 'mail:'
export const keptFor = { days: 30 }

const waits = ['PT10S', 'PT1M', 'PT5M', 'PT30M', 'PT2H', 'PT6H', 'PT12H', 'PT24H', 'PT24H']

/** Kinds of jobs that run for ever, and how long one of them waits at most after it failed: given up, what it looks after would stay undone, unseen. */
const longest: Record<string, string> = { settle: 'PT5M', prune: 'PT24H', poll: 'PT24H' }

type Tried = Pick<Job, 'kind' | 'attempts'>

/** When a job that has failed so often is tried again, as an ISO instant with `Z`; nothing, when it is given up. */
export function nextTry({ kind, attempts }: Tried, now: string): string | undefined {
  const last = longest[kind]
  const wait = waits[last ? Math.min(attempts - 1, waits.indexOf(last)) : attempts - 1]
  return wait && instantAfter(now, wait)
}

/** An ISO instant with `Z`, so much later. */
export function instantAfter(now: string, duration: string): string {
  return Temporal.Instant.from(now).add(duration).toString({ fractionalSecondDigits: 3 })
}

/**
 * What becomes of a job whose process was not heard of until the end of its claim: it is a failed try, at the last sign of life,
 * so a job that ends its process is given up like any other.
 */
export function afterDeath({ kind, attempts }: Tried, claimedUntil: string) {
  const again = nextTry({ kind, attempts }, instantAfter(claimedUntil, `-${lease}`))
  const words = again
    ? 'The process that ran it ended, or did not answer for a minute.'
    : `The process that ran it ended, or did not answer for a minute, at the last of ${attempts} tries.`
  return { again, words }
}

/** An ISO instant with `Z`, so much earlier. */
export function instantBefore(now: string, duration: string): string {
  return Temporal.Instant.from(now).subtract(duration).toString({ fractionalSecondDigits: 3 })
}
