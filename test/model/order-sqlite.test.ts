import t, { type Test } from 'tap'
import { sqliteDatabase } from '../help/databases.ts'
import { exhaustive, holdAgainstModel } from './order.ts'

t.test(
  'messages in any order, repeated, at once, with crashes, end in the present that the model says (SQLite)',
  async (t) => {
    const database = await sqliteDatabase(t as Test)
    await holdAgainstModel(t as Test, database, { runs: exhaustive ? 400 : 200, seed: 20261122 })
  },
)
