/** Does the work again and again for about that long, at least once; answers how often in a second. */
export async function repeat(
  milliseconds: number,
  work: (turn: number) => unknown,
): Promise<number> {
  const begun = performance.now()
  let spent = 0
  let turn = 0
  while (turn === 0 || spent < milliseconds) {
    await work(turn)
    turn += 1
    spent = performance.now() - begun
  }
  // The event loop goes round between measurements, so that Ctrl-C is heard.
  await new Promise((resolve) => setImmediate(resolve))
  return (turn / spent) * 1000
}

/** The element of a turn, round and round, so that no cache of one answer makes the whole measurement. */
export function inTurn<Each>(all: readonly Each[], turn: number): Each {
  const each = all[turn % all.length]
  if (each === undefined) throw new Error('there is nothing to take in turn')
  return each
}
