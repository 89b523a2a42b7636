import t from 'tap'
import { withAdapters } from '../help/start.ts'
import { checkRows } from './check-rows.ts'
import { rows } from './corpus/adapters.ts'
import { rows as statements } from './corpus/statements.ts'

await checkRows(
  t,
  'what is wrong at a vendor’s door is told at once, with where it comes from, and nothing is kept',
  rows,
  withAdapters,
)
await checkRows(
  t,
  'statements with mistakes are told each of them, and none is kept',
  statements,
  withAdapters,
)
