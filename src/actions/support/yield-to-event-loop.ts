import { setImmediate } from 'node:timers/promises'

/**
 * Lets other work of this process run: requests, signals, extensions of job leases. SQLite answers synchronously, so a
 * long loop would block all of it to the end.
 */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate()
}

/** A function that does so when this process has worked for `most` milliseconds without it, for loops of short steps. */
export function yieldAfter(most: number): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < most) return
    await yieldToEventLoop()
    last = performance.now()
  }
}
