import { setImmediate } from 'node:timers/promises'

/** Enough for one part of a file. */
const most = 256

/** What is there of a stream at one time, so that rows which arrive together are handled together, and none waits. */
export async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  const iterator = items[Symbol.asyncIterator]()
  try {
    for (let next = iterator.next(); ; ) {
      const { batch, rest } = await takeBatch(iterator, next)
      if (batch.length > 0) yield batch
      if (!rest) return
      next = rest
    }
  } finally {
    iterator.return?.().catch(() => {})
  }
}

type Next<Item> = Promise<IteratorResult<Item>>

/** Waits for the first item; takes with it those that follow in the same turn of the event loop. */
async function takeBatch<Item>(iterator: AsyncIterator<Item>, first: Next<Item>) {
  const batch: Item[] = []
  let next = first
  let item = await next
  const turn = setImmediate('turn' as const)
  while (!item.done) {
    batch.push(item.value)
    next = iterator.next()
    next.catch(() => {}) // Thrown when the next batch is taken.
    if (batch.length === most) return { batch, rest: next }
    const soon = await Promise.race([next, turn]).catch(() => 'turn' as const)
    if (soon === 'turn') return { batch, rest: next }
    item = soon
  }
  return { batch, rest: undefined }
}
