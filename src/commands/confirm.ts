import { createInterface } from 'node:readline/promises'
import { Problem } from '../problem.ts'

/**
 * Asks on the terminal whether a command may proceed, unless `yes` is set. Throws `invalid` when the answer is no, or
 * there is no terminal.
 */
export async function confirm(what: string, yes: boolean): Promise<void> {
  if (yes) return
  if (process.stdin.isTTY !== true)
    throw new Problem(
      'invalid/not-confirmed',
      `${what} Nothing was changed; if you mean it, add --yes.`,
    )
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await lines.question(`${what} Go on? [y/N] `)
  lines.close()
  if (!/^y(es)?$/i.test(answer.trim()))
    throw new Problem('invalid/answered-no', 'Nothing was changed, since the answer was not yes.')
}
