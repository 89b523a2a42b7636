import { setImmediate } from 'node:timers/promises'

/**
 * Gives whoever else waits in this process a turn: requests, signals, signs of life of jobs. SQLite answers without a pause, so a
 * long list would keep all of them waiting to its end.
 */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate()
}
