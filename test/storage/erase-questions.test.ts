import t from 'tap'
import { openDatabase } from '../../src/storage/database.ts'
import { eraseCandidate } from '../../src/storage/erasure/erase.ts'
import { openItem } from '../../src/storage/results/review-items.ts'
import { onEachDatabase } from '../help/databases.ts'
import { asTx } from '../help/transaction.ts'

const erased = [
  { source: 'webassessor', id: 'C_1' },
  { source: 'webassessor', id: 'C"\\%1' },
]
const others = [
  { source: 'webassessor', id: 'CX1' },
  { source: 'webassessor', id: 'c_1' },
  { source: 'webassessor', id: 'C_12' },
  { source: 'Webassessor', id: 'C_1' },
]

onEachDatabase(
  t,
  'with a candidate go the questions that name exactly them, whatever wildcards an id has',
  async (t, { url }) => {
    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    const asked = [...others, ...erased]
    for (const [at, { source, id }] of asked.entries())
      await openItem(
        asTx(db),
        {
          id: `question-${at}`,
          kind: 'second-account',
          source,
          candidateId: 'C-9',
          resultId: null,
          facts: {
            candidates: [
              { source, id: 'C-9' },
              { source, id },
            ],
          },
          reason: 'Is this one person?',
        },
        '2026-11-22T04:00:00.000Z',
      )
    for (const each of erased) await eraseCandidate(asTx(db), each)
    const left = await db.selectFrom('review_item').select('id').orderBy('id').execute()
    t.same(
      left.map(({ id }) => id),
      ['question-0', 'question-1', 'question-2', 'question-3'],
    )
  },
)
