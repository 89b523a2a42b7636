import { availableParallelism, cpus } from 'node:os'
import type { Plan, Row } from './pairs.ts'

const heads = ['work', 'against', 'ours/s', 'theirs/s', 'ratio', 'spread', 'floor', 'goal']

/** The rows as text, with the conditions of the measurement. */
export function table(rows: Row[], plan: Plan): string {
  const cells = [heads, ...rows.map(line)]
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column < 2 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  '),
  )
  const { cores, model, node } = machine()
  return `${lines.join('\n')}

ratio: median of ${plan.pairs} interleaved pairs of ${plan.milliseconds} ms a side; spread: least and most of them.
against its limit: the limit by what was measured, so that 1x or more meets it.
floor and goal are information: no target needs to be met yet.
${cores} core${cores === 1 ? '' : 's'} (${model}), Node ${node}. The client and the yardsticks share them with the server and all other processes:
noise is large, so trust only what several runs agree on.
`
}

export function json(rows: Row[], plan: Plan, more: object = {}): string {
  return `${JSON.stringify({ machine: machine(), plan, rows, ...more }, null, 2)}\n`
}

function line({ name, yardstick, unit, ours, theirs, ratio, least, most, floor, goal }: Row) {
  const amount = (value: number) => (unit ? `${figures(value)} ${unit}` : figures(value))
  const aim = (value: number | undefined) => (value === undefined ? '-' : `${value}x`)
  return [
    name,
    yardstick,
    amount(ours),
    amount(theirs),
    `${figures(ratio)}x`,
    `${figures(least)}-${figures(most)}`,
    aim(floor),
    aim(goal),
  ]
}

/** Three significant figures: the noise leaves no more. */
function figures(value: number) {
  if (value >= 100) return value.toFixed(0)
  return value.toFixed(value >= 10 ? 1 : 2)
}

function machine() {
  return {
    cores: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? 'unknown',
    node: process.versions.node,
  }
}
