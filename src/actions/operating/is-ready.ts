import { answers } from '../../storage/database.ts'
import type { Tools } from '../tools/tools.ts'

/** Whether Blazon can work now: its database answers. */
export function isReady({ db }: Pick<Tools, 'db'>): Promise<boolean> {
  return answers(db)
}
