import { explain } from '../problem.ts'

const colours = process.stdout.isTTY === true
const paint = (code: number, text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)

/** Prints one line with a tick. */
export function tick(text: string) {
  process.stdout.write(`  ${paint(32, '✓')} ${text}\n`)
}

/** Prints one line with a cross: something to fix, though the command goes on. */
export function cross(text: string) {
  process.stdout.write(`  ${paint(31, '✗')} ${text}\n`)
}

/** Prints one line. */
export function say(text = '') {
  process.stdout.write(`${text}\n`)
}

/** Runs a command. An error is printed with a cross and ends the command with 1. */
export function run(command: () => Promise<void>) {
  command().catch((error: unknown) => {
    process.stderr.write(`  ${paint(31, '✗')} ${explain(error)}\n`)
    process.exit(1)
  })
}
