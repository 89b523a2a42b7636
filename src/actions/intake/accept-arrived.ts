import { setImmediate } from 'node:timers/promises'
import { logFailure } from '../support/log-failure.ts'
import type { Tools } from '../tools/tools.ts'
import { type Accepted, type Arrival, acceptExamResult } from './accept-exam-result.ts'
import { acceptNewcomers } from './accept-newcomers.ts'

type Waiting = { arrival: Arrival } & Pick<PromiseWithResolvers<Accepted>, 'resolve' | 'reject'>

/** More messages in one transaction would make the first wait for too long. */
const most = 32

const lines = new WeakMap<Tools, Waiting[]>()

/**
 * Accepts one message as `acceptExamResult` does. Those that arrive in turns of the event loop without a pause, or while
 * others are being accepted, are accepted together where nothing is on record about their candidates.
 */
export function acceptArrived(tools: Tools, arrival: Arrival): Promise<Accepted> {
  const { promise, resolve, reject } = Promise.withResolvers<Accepted>()
  const line = lines.get(tools)
  if (line) line.push({ arrival, resolve, reject })
  else void acceptLine(tools, [{ arrival, resolve, reject }])
  return promise
}

async function acceptLine(tools: Tools, line: Waiting[]) {
  lines.set(tools, line)
  while (line.length > 0) {
    await whileArriving(line)
    for (const some of Map.groupBy(line.splice(0, most), ({ arrival }) => arrival.actor).values())
      await acceptSome(tools, some)
  }
  lines.delete(tools)
}

/** Waits as long as each turn of the event loop brings more. */
async function whileArriving(line: Waiting[]) {
  for (let before = 0; before < line.length && line.length < most; ) {
    before = line.length
    await setImmediate()
  }
}

/** Those that cannot be accepted together are accepted alone, while the next ones have their turn. */
async function acceptSome(tools: Tools, some: Waiting[]) {
  const arrivals = some.map(({ arrival }) => arrival)
  const accepted = await acceptNewcomers(tools, arrivals).catch((error: unknown) => {
    // One that is tried alone says itself what is wrong.
    if (some.length > 1)
      logFailure(
        tools.log,
        error,
        {},
        'results could not be accepted together; each is tried alone',
      )
    return new Map<Arrival, Accepted>()
  })
  for (const { arrival, resolve, reject } of some) {
    const done = accepted.get(arrival)
    if (done) resolve(done)
    else acceptExamResult(tools, arrival).then(resolve, reject)
  }
}
