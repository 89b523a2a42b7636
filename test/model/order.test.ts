import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { holdAgainstModel } from './order.ts'

// The 2,040 histories of the exhaustive suite are others.
onEachDatabase(t, '21 histories end in the present that the model says', async (t, database) => {
  await holdAgainstModel(t, database, { runs: 7, seed: 1 })
})
