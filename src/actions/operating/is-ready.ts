import { answers } from '../../storage/database.ts'
import type { Tools } from '../tools/tools.ts'

/** Whether Blazon can do its work now. */
export function isReady({ db }: Pick<Tools, 'db'>): Promise<boolean> {
  return answers(db)
}
