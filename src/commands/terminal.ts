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

/** A whole number as people read it: 12,345. */
export function formatNumber(number: number): string {
  return number.toLocaleString('en-US')
}

/** A time in whole units: 48 s, 12 min, 3 h 5 min. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
