import { setImmediate } from 'node:timers/promises'

/**
 * Lets other work of this process run: requests, signals, extensions of job leases. SQLite answers synchronously, so a
 * long loop would block all of it to the end.
 */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate()
}

/** So many milliseconds are worked before others have their turn. */
const turn = 1

/** The same for loops of short steps: a function that lets others work when this process has worked for a while. */
export function takeBreaths(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < turn) return
    await yieldToEventLoop()
    last = performance.now()
  }
}
