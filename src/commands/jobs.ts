import { parseArgs } from 'node:util'
import { readJobs, retry } from '../actions/read-jobs.ts'
import { readConfig } from '../config.ts'
import type { Job, JobState } from '../domain/job.ts'
import { Problem } from '../problem.ts'
import { openDatabase } from '../storage/database.ts'
import { run, say, tick } from './terminal.ts'

const states: JobState[] = ['waiting', 'running', 'done', 'failed', 'cancelled']

const help = `npm run jobs [-- --state STATE] [--kind KIND] [--json]
npm run jobs -- retry KEY

Shows the durable jobs in the database of DATABASE_URL; a running Blazon does them. retry puts one that was given up back in line.

  --state STATE  which to list: ${states.join(', ')}; waiting by default
  --kind KIND    only of one kind: settle, mail
  --json         for machines
  --help         this text`

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  const state = (values.state ?? 'waiting') as JobState
  const [verb, key] = positionals
  if (!states.includes(state) || (verb !== undefined && (verb !== 'retry' || !key)))
    throw new Problem('invalid', `Say what to show.\n\n${help}`)
  const db = await openDatabase(readConfig().databaseUrl)
  try {
    if (verb === 'retry' && key) {
      await retry({ db, now: () => new Date().toISOString() }, key)
      return tick(`${key} waits again; a running Blazon takes it up within a second or two.`)
    }
    const found = await readJobs({ db }, { state, kind: values.kind, limit: 50 })
    if (values.json) return say(JSON.stringify(found))
    show(found, state)
  } finally {
    await db.destroy()
  }
})

function show({ counts, jobs }: Awaited<ReturnType<typeof readJobs>>, state: JobState) {
  if (counts.length === 0)
    return say('  There are no jobs yet. Start Blazon, and the first appear.')
  say('  kind       state      how many')
  for (const each of counts)
    say(`  ${each.kind.padEnd(10)} ${each.state.padEnd(10)} ${String(each.count).padStart(8)}`)
  say()
  if (jobs.length === 0) return say(`  None is ${state}.`)
  say(`  ${state}, the most urgent first${jobs.length === 50 ? ' (the first 50)' : ''}`)
  for (const job of jobs) say(line(job))
}

function line({ runAt, key, attempts, lastError }: Job) {
  const tries = attempts > 0 ? `  tried ${attempts === 1 ? 'once' : `${attempts} times`}` : ''
  return `  ${runAt.slice(0, 16).replace('T', ' ')} UTC  ${key}${tries}${lastError ? `: ${lastError}` : ''}`
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        state: { type: 'string' },
        kind: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Problem('invalid', `${(error as Error).message}\n\n${help}`)
  }
}
