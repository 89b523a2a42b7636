import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Reads a password: from the terminal without showing it, or the first line of the standard input. */
export async function askPassword(about: string): Promise<string> {
  const terminal = process.stdin.isTTY === true
  if (terminal) process.stderr.write(`Password of ${about}: `)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal })
  const password = await new Promise<string>((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
  })
  lines.close()
  process.stdin.unref?.()
  if (terminal) process.stderr.write('\n')
  return password
}
