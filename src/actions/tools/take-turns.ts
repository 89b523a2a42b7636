import { Problem } from '../../problem.ts'

/** How many pieces of work run at once, how many wait, and how many of those may belong to one caller. */
export type Turns = { atOnce: number; waiting: number; each?: number }

type Waiter = { begin: () => void; turnAway: () => void }

/**
 * Runs at most `atOnce` pieces of work. Waiting callers are served one piece each, in rotation, so that no caller waits
 * for another's whole line. When `waiting` pieces wait, a caller with a shorter line takes the last place of the
 * longest one. The result throws `unavailable` with the sentence `crowded` for a piece without a place. Without
 * callers, the first to come is the first served.
 */
export function takeTurns({ atOnce, waiting, each = waiting }: Turns, crowded: string) {
  const lines = new Map<string, Waiter[]>()
  let running = 0
  let count = 0

  // Finished work passes its turn on directly, so that no new piece overtakes waiting ones.
  const next = () => {
    const [first] = lines
    if (!first) {
      running -= 1
      return
    }
    const [caller, line] = first
    const waiter = line.shift()
    count -= 1
    // A Map keeps the order of insertion: a caller who was served moves behind the others.
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
      const turnAway = () => reject(new Problem('unavailable/too-many-at-once', crowded))
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
