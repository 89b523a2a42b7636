import t from 'tap'
import type { SentResult } from '../../schemas/exam-result.ts'
import { numberRows, numberStream } from '../../src/actions/intake/number-revisions.ts'
import type { Row } from '../../src/adapters/message.ts'

const message = (resultId: string, outcome: SentResult['outcome']): SentResult => ({
  source: 'pearson-vue',
  resultId,
  exam: 'PR000001',
  outcome,
  released: true,
  endedAt: '2026-11-20T10:12:00Z',
  candidate: { id: 'C-778', fullName: '张伟', email: 'zhang.wei@example.com' },
})
const rows: Row[] = [
  { row: 2, message: message('R-1', 'failed') },
  { row: 3, message: message('R-2', 'passed') },
  { row: 4, mistakes: [] },
  { row: 5, message: message('R-1', 'passed') },
  { row: 6, message: message('R-1', 'passed') },
  { row: 7, message: { ...message('R-3', 'passed'), revision: 1 } },
  { row: 8, message: { ...message('R-3', 'passed'), revision: 2 } },
]

t.test('rows that are read one by one are numbered as those that are held', async (t) => {
  const held = numberRows(rows)
  const read = await numberStream(async function* () {
    yield* rows.map((row) => () => row)
  })
  const places = (numbered: typeof held) =>
    [...numbered].map(([row, { all, place }]) => [row, all.map(({ outcome }) => outcome), place])
  t.same(places(read), [
    [2, ['failed', 'passed'], 0],
    [5, ['failed', 'passed'], 1],
    [6, ['failed', 'passed'], 1],
  ])
  t.same(
    places(held).filter(([row]) => row !== 3),
    places(read),
  )
})
