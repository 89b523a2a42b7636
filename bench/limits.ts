import type { Plan, Row } from './pairs.ts'

/** A row of the table that is held against a limit: what is measured is to be less. */
export type Limit = {
  name: string
  unit: 's' | 'MB'
  limit: number
  /** Measured once only, because it takes long. */
  once?: boolean
  measure: () => Promise<number>
}

/** The ratio is the limit by what was measured, so that 1 or more meets it. */
export async function measureLimit(limit: Limit, { pairs }: Plan): Promise<Row> {
  const { name, unit, limit: most } = limit
  const seen: number[] = []
  for (let turn = 0; turn < (limit.once ? 1 : pairs); turn += 1) seen.push(await limit.measure())
  const sorted = seen.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  return {
    name,
    yardstick: 'its limit',
    unit,
    ours: middle,
    theirs: most,
    ratio: most / middle,
    least: most / Math.max(...seen),
    most: most / Math.min(...seen),
    floor: 1,
  }
}
