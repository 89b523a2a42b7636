import { createInterface } from 'node:readline/promises'
import { Problem } from '../problem.ts'

/**
 * Asks on a terminal whether a command may do what it says, unless `yes` says so already. Throws `invalid` when the answer is no, or
 * there is nobody to ask.
 */
export async function confirm(what: string, yes: boolean): Promise<void> {
  if (yes) return
  if (process.stdin.isTTY !== true)
    throw new Problem('invalid', `${what} Nothing was changed; if you mean it, add --yes.`)
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await lines.question(`${what} Go on? [y/N] `)
  lines.close()
  if (!/^y(es)?$/i.test(answer.trim()))
    throw new Problem('invalid', 'Nothing was changed, since the answer was not yes.')
}
