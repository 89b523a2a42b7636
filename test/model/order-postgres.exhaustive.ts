import t, { type Test } from 'tap'
import { postgresDatabase } from '../help/databases.ts'
import { holdAgainstModel } from './order.ts'

t.test(
  'messages in any order, repeated, at once, with crashes, end in the present that the model says (PostgreSQL)',
  async (t) => {
    const database = await postgresDatabase(t as Test)
    await holdAgainstModel(t as Test, database, { runs: 280, seed: 7 })
  },
)
