import { parseArgs } from 'node:util'
import { measureLimit } from './limits.ts'
import { measure } from './pairs.ts'
import { openProcess, quick, whole } from './process.ts'
import { json, table } from './report.ts'
import { openScene } from './scene.ts'
import { works } from './works.ts'

const help = `Usage: npm run bench -- [--quick] [--json] [--rows WORD]

Measures Blazon side by side with its yardsticks, in interleaved pairs, and prints the median ratio of each.
Loopback only; takes some ten minutes, cleans up after itself, Ctrl-C included.

  --quick      three short pairs instead of nine: shows that it runs, not how fast
  --json       prints JSON instead of a table
  --rows WORD  measures the rows whose name has the word
  --help       this text

A slow ratio is not a failure. Exits with 1 only when a measurement failed: an answer with the wrong
status, length or content, or a process that ended early.
`

const flag = { type: 'boolean' } as const

async function run() {
  const { values } = parseArgs({
    options: { quick: flag, json: flag, help: flag, rows: { type: 'string', default: '' } },
  })
  if (values.help) {
    process.stdout.write(help)
    return
  }
  const plan = values.quick ? { pairs: 3, milliseconds: 150 } : { pairs: 9, milliseconds: 700 }
  const scene = await openScene()
  const rows = []
  const isWanted = ({ name }: { name: string }) => name.includes(values.rows)
  const wanted = (await works(scene)).filter(isWanted)
  const own = await openProcess(values.quick ? quick : whole)
  const limits = own.limits.filter(isWanted)
  if (wanted.length + limits.length === 0) throw new Error(`no row has ${values.rows} in its name`)
  for (const work of wanted) {
    if (process.stderr.isTTY) process.stderr.write(`measuring: ${work.name}\n`)
    rows.push(await measure(work, plan))
  }
  scene.close()
  for (const limit of limits) {
    if (process.stderr.isTTY) process.stderr.write(`measuring: ${limit.name}\n`)
    rows.push(await measureLimit(limit, plan))
  }
  own.close()
  process.stdout.write(values.json ? json(rows, plan) : table(rows, plan))
}

run().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`The benchmark stopped: ${error.stack ?? error.message}\n`)
    process.exit(1)
  },
)
