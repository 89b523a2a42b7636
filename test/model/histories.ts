import fc from 'fast-check'
import type { ExamResult } from '../../schemas/exam-result.ts'

// Days from 1 January 2023. A history draws a few, so that its attempts meet where the rules turn: on the same day, at waits of 14,
// 60 and 366 days, on 29 February, and around the window and grace of a term of two years.
const spans = [
  [0, 0, 5],
  [0, 13, 14],
  [0, 14, 15, 74],
  [0, 5, 64, 65, 66],
  [0, 10, 20, 30, 396],
  [424, 425, 1154, 1155],
  [0, 670, 671, 672],
  [0, 700, 731, 760, 761, 762],
  [0, 365, 731, 1096, 1400],
  [0, 729, 730, 731],
]
const outcomes = [
  ...['passed', 'passed', 'passed', 'passed', 'passed', 'failed', 'failed', 'failed'],
  ...['aborted', 'no-show', 'under-review', 'invalidated'],
] as const
// The last one has a character that no font has.
const names = [
  ...['Zhang Wei', 'Zhang Wei', 'Zhang Wei', 'Zhang Wei', 'Zhang Wei-Li', 'Zhang Wei-Li'],
  'Zhang Wei 🙂',
]

const revision = fc.record({
  outcome: fc.constantFrom(...outcomes),
  released: fc.constantFrom(true, true, true, true, false),
  contentShown: fc.constantFrom(true, false, undefined),
  day: fc.constantFrom(0, 0, 0, 0, 1, -1, 30),
  longer: fc.constantFrom(0, 0, 0, 1),
  timed: fc.constantFrom(true, false),
  exam: fc.constantFrom('same', 'same', 'same', 'same', 'same', 'PR000001', 'PR000002', 'PR999999'),
  candidate: fc.constantFrom('same', 'same', 'same', 'same', 'A', 'B'),
  score: fc.constantFrom('812', '812', '900'),
  name: fc.constantFrom(...names),
  sharedMail: fc.constantFrom(false, false, false, true),
  number: fc.integer({ min: 1, max: 9 }),
})

const result = fc.record({
  exam: fc.constantFrom('PR000001', 'PR000001', 'PR000001', 'PR000001', 'PR000003', 'PR000002'),
  candidate: fc.constantFrom('A', 'A', 'A', 'A', 'B'),
  day: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4),
  hour: fc.constantFrom(1, 1, 1, 1, 1, 4, 15, 16),
  started: fc.constantFrom(true, true, true, true, false),
  revisions: fc.uniqueArray(revision, {
    minLength: 1,
    maxLength: 3,
    selector: ({ number }) => number,
  }),
})

// Somebody who fails, and fails again, and then passes or not.
const unlucky = fc.record({
  exam: fc.constant('PR000001'),
  candidate: fc.constant('A'),
  day: fc.nat({ max: 4 }),
  hour: fc.nat({ max: 20 }),
  started: fc.constant(true),
  revisions: fc.tuple(
    revision.map((said) => ({
      ...said,
      outcome: said.day === 30 ? 'passed' : 'failed',
      released: true,
      exam: 'same',
      candidate: 'same',
    })),
  ),
})

/** What the exam system says of two candidates, the order in which it arrives, and what operators do. */
export const history = fc.record({
  span: fc.constantFrom(...spans),
  results: fc.oneof(
    { weight: 5, arbitrary: fc.array(result, { minLength: 1, maxLength: 5, size: 'max' }) },
    { weight: 1, arbitrary: fc.array(unlucky, { minLength: 3, maxLength: 5, size: 'max' }) },
  ),
  order: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  again: fc.array(fc.nat(), { maxLength: 3 }),
  /** Whether two messages are sent at the same moment, through two processes where the database allows it. */
  delivery: fc.constantFrom('one by one', 'two at a time', 'file'),
  /** At which step of storage or signing a delivery dies, for the first of them. */
  crashes: fc.array(fc.nat({ max: 70 }), { maxLength: 2 }),
  merged: fc.boolean(),
  decisions: fc.array(fc.nat(), { maxLength: 6, size: 'max' }),
})
export type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never

const ids = ['R-2', 'R-9', 'R-10', 'R-11', 'R-100']

type Sitting = typeof result extends fc.Arbitrary<infer Value> ? Value : never

/** The messages of a history; each has a source of its own, so that histories never meet. */
export function messagesOf({ results, span }: History, source: string): ExamResult[] {
  return (results as Sitting[]).flatMap((each, index) =>
    each.revisions.map((said) => {
      const candidate = said.candidate === 'same' ? each.candidate : said.candidate
      const start = Date.UTC(2023, 0, 1 + (span[each.day % span.length] ?? 0) + said.day, each.hour)
      const at = (hours: number) => new Date(start + hours * 3_600_000).toISOString()
      return {
        source,
        resultId: ids[index] ?? '',
        revision: said.number,
        exam: said.exam === 'same' ? each.exam : said.exam,
        outcome: said.outcome,
        score: said.score,
        ...timesOf(each, said, at),
        released: said.released,
        ...(said.contentShown !== undefined && { contentShown: said.contentShown }),
        candidate: {
          id: candidate,
          fullName: said.name,
          email: `${said.sharedMail ? 'shared' : candidate}@${source}.example`,
        },
      }
    }),
  )
}

/** An invalidation need not say when the attempt was. */
function timesOf(
  { started }: Sitting,
  { outcome, timed, longer }: Sitting['revisions'][number],
  at: (hours: number) => string,
) {
  if (outcome === 'invalidated' && !timed) return {}
  return { ...(started && { startedAt: at(0) }), endedAt: at(1 + longer) }
}

/** The messages in the order of a history, some of them more than once. */
export function arrivals({ order, again }: History, messages: ExamResult[]): ExamResult[] {
  const left = [...messages]
  const arrived: ExamResult[] = []
  for (let turn = 0; left.length > 0; turn += 1)
    arrived.push(...left.splice((order[turn % order.length] ?? 0) % left.length, 1))
  for (const place of again) {
    const twice = arrived[place % arrived.length]
    if (twice) arrived.splice((place * 7) % (arrived.length + 1), 0, twice)
  }
  return arrived
}
