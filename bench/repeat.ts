/** Repeats the work for about that many milliseconds, at least once. Returns its rate per second. */
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
  // The event loop turns between measurements, so that Ctrl-C works.
  await new Promise((resolve) => setImmediate(resolve))
  return (turn / spent) * 1000
}

/** The element for a turn, round robin, so that a cache of one answer does not decide the measurement. */
export function inTurn<Each>(all: readonly Each[], turn: number): Each {
  const each = all[turn % all.length]
  if (each === undefined) throw new Error('there are no elements to take in turn')
  return each
}
