/** Values by key, the ones used lately, as far as they fit. */
export type LatestUsed<Value> = {
  get: (key: string) => Value | undefined
  set: (key: string, value: Value) => void
}

/**
 * A cache of the values used lately. `capacity` bounds the sum of their sizes; without `sizeOf`, their number. The oldest
 * value goes first, unless it was used since it was last looked at: then it counts as new.
 */
export function latestUsed<Value>(
  capacity: number,
  sizeOf: (value: Value) => number = () => 1,
): LatestUsed<Value> {
  const kept = new Map<string, { value: Value; used: boolean }>() // in the order of insertion
  let size = 0
  const add = (key: string, value: Value) => {
    kept.set(key, { value, used: false })
    size += sizeOf(value)
  }
  const drop = (key: string) => {
    const known = kept.get(key)
    if (!known) return
    kept.delete(key)
    size -= sizeOf(known.value)
  }
  return {
    get: (key) => {
      const found = kept.get(key)
      if (!found) return undefined
      found.used = true
      return found.value
    },
    set: (key, value) => {
      drop(key)
      add(key, value)
      for (const [oldest, { value, used }] of kept) {
        if (size <= capacity) return
        drop(oldest)
        if (used) add(oldest, value)
      }
    },
  }
}
