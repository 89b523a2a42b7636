/** One side of a comparison: does its work for about that long and answers how often in a second. Throws when an answer is wrong. */
export type Side = (milliseconds: number) => Promise<number>

/** A row of the table: what we do, and what it is held against. */
export type Work = {
  name: string
  yardstick: string
  /** Of the design's performance page: the ratio we must not fall under one day, and the one we want. */
  floor?: number
  goal?: number
  sides: { ours: Side; theirs: Side }
}

export type Plan = { pairs: number; milliseconds: number }

/** Rates are a second; each is the median of all pairs, and so is the ratio, which therefore need not be their quotient. */
export type Row = Omit<Work, 'sides'> & {
  ours: number
  theirs: number
  ratio: number
  least: number
  most: number
}

/** Measures both sides in turns, the other first each time, so that a slow spell of the machine strikes both. */
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
