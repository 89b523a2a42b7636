import type { Test } from 'tap'
import type { Tools } from '../../src/actions/tools/tools.ts'
import type { Database } from '../help/databases.ts'
import { type Started, start } from '../help/start.ts'
import { type Fuse, signatures, statements } from './faults.ts'

/** The same tools on the same database, which die at a step. */
export function fused({ tools }: Started, fuse: Fuse): Tools {
  return {
    ...tools,
    db: tools.db.withPlugin(statements(fuse)),
    keyring: signatures(fuse, tools.keyring),
  }
}

/** Runs the work with a crash at step 1, 2, 3 … until it gets through; after each crash a new process opens the same database. */
export async function dieAtEachStep(
  t: Test,
  database: Database,
  work: (started: Started, fuse: Fuse, round: number) => Promise<unknown>,
  after: (started: Started, round: number) => Promise<void>,
) {
  let round = 0
  let dying = await start(t, { database, keepOpen: true })
  for (let finished = false; !finished; round += 1) {
    const fuse: Fuse = { steps: 0, at: round + 1, names: [] }
    await work(dying, fuse, round).then(
      () => {
        finished = fuse.steps < fuse.at
      },
      () => {},
    )
    await dying.close()
    dying = await start(t, { database, keepOpen: true })
    await after(dying, round)
  }
  await dying.close()
  return round
}
