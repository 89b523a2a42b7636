import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { openDoors } from './doors-scene.ts'
import { type Door, doors } from './doors-works.ts'

const help = `Usage: npm run bench:doors -- [--listed COUNT] [--quick] [--json]

Sends a request to every public route, and to routes known to be costly the worst request that a stranger can send. Prints
how long each blocks the main thread, in milliseconds: the worst stall of the first request, and the median of four more; and
how busy the thread is compared with the plain badge page. A route should block it for at most 50 ms; those above are marked.

  --listed COUNT  the number of public badges, half of them revoked; 10000 by default
  --quick         one request each: shows that it runs, not how fast
  --json          prints JSON instead of a table
  --help          this text
`
const maxStall = 50

type Row = {
  name: string
  status: number
  first: number
  again: number
  busy: number
}

const delay = monitorEventLoopDelay({ resolution: 1 })

/**
 * How long the request blocked the main thread, and how long it kept it busy. Garbage of earlier requests is collected
 * before.
 */
async function stall({ ask }: Door) {
  globalThis.gc?.()
  await sleep(20)
  delay.enable()
  await sleep(5)
  delay.reset()
  const begun = performance.eventLoopUtilization()
  const { statusCode } = await ask()
  await sleep(5)
  const { active } = performance.eventLoopUtilization(begun)
  const worst = delay.max / 1e6
  delay.disable()
  return { worst, active, status: statusCode }
}

function sleep(milliseconds: number) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function measure(door: Door, times: number): Promise<Row> {
  const first = await stall(door)
  const later = [first]
  for (let time = 0; time < times; time += 1) later.push(await stall(door))
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  const rest = times === 0 ? later : later.slice(1)
  return {
    name: door.name,
    status: first.status,
    first: first.worst,
    again: middle(rest.map(({ worst }) => worst)),
    busy: middle(rest.map(({ active }) => active)),
  }
}

function table(rows: Row[]) {
  const plain = rows[0]?.busy ?? 1
  const line = ({ name, status, first, again, busy }: Row) =>
    `${Math.max(first, again) > maxStall ? '!' : ' '} ${name.padEnd(58)} ${status}  first ${first.toFixed(0).padStart(5)} ms  again ${again.toFixed(0).padStart(5)} ms  ${(busy / plain).toFixed(1).padStart(6)}x the page\n`
  return rows.map(line).join('')
}

async function run() {
  const { values } = parseArgs({
    options: {
      listed: { type: 'string', default: '10000' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void process.stdout.write(help)
  const scene = await openDoors(Number(values.listed))
  const rows: Row[] = []
  for (const door of await doors(scene)) {
    if (process.stderr.isTTY) process.stderr.write(`asking: ${door.name}\n`)
    rows.push(await measure(door, values.quick ? 0 : 4))
  }
  await scene.close()
  process.stdout.write(values.json ? JSON.stringify({ rows }) : table(rows))
}

run().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`The benchmark stopped: ${error.stack ?? error.message}\n`)
    process.exit(1)
  },
)
