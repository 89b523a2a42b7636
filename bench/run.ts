import { parseArgs } from 'node:util'
import { diskRow, growth, growthTable } from './growth.ts'
import { type Limit, measureLimit } from './limits.ts'
import { measure, type Plan, type Row, type Work } from './pairs.ts'
import { postgresWorks } from './postgres.ts'
import { openProcess, quick, whole } from './process.ts'
import { json, table } from './report.ts'
import { openScene } from './scene.ts'
import { storedWorks } from './stored.ts'
import { works } from './works.ts'

const help = `Usage: npm run bench -- [--quick] [--json] [--rows WORD] [--stored COUNT | --postgres]

Measures Blazon side by side with its yardsticks, in interleaved pairs, and prints the median ratio of each.
Loopback only; takes some ten minutes, cleans up after itself, Ctrl-C included.

  --quick      three short pairs instead of nine: shows that it runs, not how fast
  --json       prints JSON instead of a table
  --rows WORD  measures the rows whose name has the word
  --stored COUNT
               instead of all this, compares a Blazon that has so many badges with one that has 1,000, and prints what
               one more badge costs. The databases are made at the first run, a million in minutes and 10 GB, and
               kept in the folder blazon-bench of the system's temporary files
  --postgres   instead of all this, compares a Blazon on PostgreSQL with one on SQLite
  --help       this text

A slow ratio is not a failure. Exits with 1 only when a measurement failed: an answer with the wrong
status, length or content, or a process that ended early.
`

const flag = { type: 'boolean' } as const

async function run() {
  const { values } = parseArgs({
    options: {
      quick: flag,
      json: flag,
      help: flag,
      rows: { type: 'string', default: '' },
      stored: { type: 'string' },
      postgres: flag,
    },
  })
  if (values.help) {
    process.stdout.write(help)
    return
  }
  const plan = values.quick ? { pairs: 3, milliseconds: 150 } : { pairs: 9, milliseconds: 700 }
  if (values.postgres) {
    const { works: compared, close } = await postgresWorks()
    const rows = await measureAll(compared, values.rows, plan)
    await close()
    process.stdout.write(values.json ? json(rows, plan) : table(rows, plan))
    return
  }
  if (values.stored === undefined) {
    const scene = await openScene()
    const own = openProcess(values.quick ? quick : whole)
    const rows = await measureAll([...(await works(scene)), ...own.limits], values.rows, plan)
    scene.close()
    own.close()
    process.stdout.write(values.json ? json(rows, plan) : table(rows, plan))
    return
  }
  const stored = Number(values.stored)
  const costs = await growth([1000, 100_000].filter((each) => each < stored).concat(stored), plan)
  const { works: compared, close } = await storedWorks(stored)
  const rows = [...(await measureAll(compared, values.rows, plan)), diskRow(costs)]
  close()
  process.stdout.write(
    values.json
      ? json(rows, plan, { growth: costs })
      : `${table(rows, plan)}\n${growthTable(costs)}`,
  )
}

async function measureAll(all: (Work | Limit)[], word: string, plan: Plan): Promise<Row[]> {
  const wanted = all.filter(({ name }) => name.includes(word))
  if (wanted.length === 0) throw new Error(`no row has ${word} in its name`)
  const rows: Row[] = []
  for (const work of wanted) {
    if (process.stderr.isTTY) process.stderr.write(`measuring: ${work.name}\n`)
    rows.push(await ('limit' in work ? measureLimit(work, plan) : measure(work, plan)))
  }
  return rows
}

run().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`The benchmark stopped: ${error.stack ?? error.message}\n`)
    process.exit(1)
  },
)
