/**
 * One side of a comparison: works for about that many milliseconds and returns its rate per second. Throws when an
 * answer is wrong.
 */
export type Side = (milliseconds: number) => Promise<number>

/** A row of the table: our work, and the yardstick that it is compared with. */
export type Work = {
  name: string
  yardstick: string
  /** The ratio that we must one day reach, and the one that we want (the design's performance page). */
  floor?: number
  goal?: number
  sides: { ours: Side; theirs: Side }
}

export type Plan = { pairs: number; milliseconds: number }

/**
 * Rates are per second. Each is the median of all pairs, and so is the ratio, which may therefore differ from their
 * quotient.
 */
export type Row = Omit<Work, 'sides'> & {
  /** What is measured against a limit is no rate, and has a unit. */
  unit?: string
  ours: number
  theirs: number
  ratio: number
  least: number
  most: number
}

/** Measures both sides in turn, each first every other time, so that a slow spell of the machine affects both. */
export async function measure(work: Work, { pairs, milliseconds }: Plan): Promise<Row> {
  const { sides, ...row } = work
  await sides.ours(milliseconds * 2)
  await sides.theirs(milliseconds * 2)
  const seen: { ours: number; theirs: number }[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = pair % 2 === 0 ? 'ours' : 'theirs'
    const rates = { ours: 0, theirs: 0 }
    for (const side of [first, first === 'ours' ? 'theirs' : 'ours'] as const)
      rates[side] = await sides[side](milliseconds)
    seen.push(rates)
  }
  const ratios = seen.map(({ ours, theirs }) => ours / theirs)
  return {
    ...row,
    ours: median(seen.map(({ ours }) => ours)),
    theirs: median(seen.map(({ theirs }) => theirs)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
  }
}

function median(numbers: number[]) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
