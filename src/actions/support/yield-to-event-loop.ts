import { setImmediate } from 'node:timers/promises'

/**
 * Lets other work of this process run: requests, signals, extensions of job leases. SQLite answers synchronously, so a
 * long loop would block all of it to the end.
 */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate()
}
