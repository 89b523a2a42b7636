import { Problem } from '../../problem.ts'

/** How much runs at once, how much waits for its turn, and how much of that may be one caller's. */
export type Turns = { atOnce: number; waiting: number; each?: number }

type Waiter = { begin: () => void; turnAway: () => void }

/**
 * Gives work its turn: at most `atOnce` pieces run, and callers who wait are served one piece each, in rotation, so that no caller
 * waits behind another's whole line. When `waiting` wait, a caller with a shorter line takes the last place of the longest one.
 * The result throws `unavailable` with the words of `crowded` for a piece that has no place. Without callers it is first come, first
 * served.
 */
export function takeTurns({ atOnce, waiting, each = waiting }: Turns, crowded: string) {
  const lines = new Map<string, Waiter[]>()
  let running = 0
  let count = 0

  // Work that ends hands its turn on directly, so that no newcomer overtakes those who wait.
  const next = () => {
    const [first] = lines
    if (!first) {
      running -= 1
      return
    }
    const [caller, line] = first
    const waiter = line.shift()
    count -= 1
    // A Map keeps the order of insertion: a caller who was served goes behind the others.
    lines.delete(caller)
    if (line.length > 0) lines.set(caller, line)
    waiter?.begin()
  }
  const makeRoom = (own: number) => {
    const longest = [...lines.values()].reduce(
      (most, line) => (line.length > most.length ? line : most),
      [],
    )
    if (longest.length <= own + 1) return false
    count -= 1
    longest.pop()?.turnAway()
    return true
  }
  const wait = (caller: string) =>
    new Promise<void>((resolve, reject) => {
      const turnAway = () => reject(new Problem('unavailable', crowded))
      const own = lines.get(caller)?.length ?? 0
      if (own >= each || (count >= waiting && !makeRoom(own))) return turnAway()
      lines.set(caller, [...(lines.get(caller) ?? []), { begin: resolve, turnAway }])
      count += 1
    })

  return async <Result>(work: () => Promise<Result>, caller = ''): Promise<Result> => {
    if (running >= atOnce) await wait(caller)
    else running += 1
    try {
      return await work()
    } finally {
      next()
    }
  }
}
