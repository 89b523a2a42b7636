import t from 'tap'
import { checkRows } from './check-rows.ts'
import { rows as privacy } from './corpus/operators-privacy.ts'
import { rows as reading } from './corpus/operators-reading.ts'
import { rows as state } from './corpus/operators-state.ts'

await checkRows(t, 'an operator’s mistake is named and changes nothing', [
  ...reading,
  ...privacy,
  ...state,
])
