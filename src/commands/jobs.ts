import { parseArgs } from 'node:util'
import { pollAgain, readRefused } from '../actions/intake/poll-again.ts'
import { readJobCounts, readJobs } from '../actions/operating/read-jobs.ts'
import { cancel, retry, retryAll } from '../actions/operating/retry-jobs.ts'
import { readConfig } from '../config.ts'
import type { Job, JobState } from '../domain/work/job.ts'
import { Problem } from '../problem.ts'
import type { Db } from '../storage/database.ts'
import { changeDatabase, readDatabase } from './installation-database.ts'
import { countLines, jobLines, refusedLines } from './job-lines.ts'
import { run, say, tick } from './terminal.ts'

const states: JobState[] = ['waiting', 'running', 'done', 'failed', 'cancelled']
const shown = 50

const help = `npm run jobs [-- --state STATE] [--kind KIND] [--json]
npm run jobs -- retry KEY
npm run jobs -- retry --kind KIND
npm run jobs -- cancel KEY
npm run jobs -- again KEY [--all]

Shows the durable jobs in the database of DATABASE_URL; a running Blazon runs them. The other verbs need the settings of
npm start: retry queues failed jobs again; cancel cancels a job that waits or failed; again asks a polled vendor again
from where a result was first refused, or with --all from the beginning. docs/jobs.md describes each kind.

  --state STATE  the state to list: ${states.join(', ')}; failed by default
  --kind KIND    only jobs of this kind, such as mail
  --all          with again: everything that the vendor has
  --json         print JSON
  --help         this text`

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  const { kind, json = false, all = false } = values
  const state = (values.state ?? 'failed') as JobState
  const [verb, key, more] = positionals
  const verbs =
    verb === undefined || verb === 'retry' || (['cancel', 'again'].includes(verb) && key)
  if (!verbs || more !== undefined || !states.includes(state))
    throw new Problem('invalid/usage', `Say what to do.\n\n${help}`)
  if (verb === 'retry' && (key === undefined) === (kind === undefined))
    throw new Problem('invalid/usage', `Say which to retry: a KEY, or a --kind.\n\n${help}`)
  const config = readConfig()
  if (verb === undefined) return readDatabase(config, (db) => show(db, { state, kind, json }))
  await changeDatabase(config, (db) => act(db, { verb, key, kind, all }))
})

const now = () => new Date().toISOString()

type Action = { verb: string; key: string | undefined; kind: string | undefined; all: boolean }

async function act(db: Db, { verb, key, kind, all }: Action) {
  if (key === undefined) {
    const count = await retryAll({ db, now }, kind ?? '')
    return tick(
      count === 0
        ? `No ${kind} has failed.`
        : `${count} of ${kind} ${count === 1 ? 'waits' : 'wait'} again; a running Blazon runs them within a second or two.`,
    )
  }
  if (verb === 'cancel') {
    await cancel({ db, now }, key)
    return tick(`${key} is cancelled.`)
  }
  if (verb === 'again') {
    await pollAgain({ db, now }, key, { all })
    return tick(`${key} is due; a running Blazon reads it again within a second or two.`)
  }
  await retry({ db, now }, key)
  tick(`${key} waits again; a running Blazon runs it within a second or two.`)
}

type Asked = { state: JobState; kind: string | undefined; json: boolean }

async function show(db: Db, { state, kind, json }: Asked) {
  const all = await readJobCounts({ db, now })
  const counts = all.filter((each) => kind === undefined || each.kind === kind)
  const jobs = await readJobs({ db }, { state, kind, limit: shown })
  const refused = kind === undefined || kind === 'poll' ? await readRefused({ db }) : []
  if (json) return say(JSON.stringify({ counts, jobs: jobs.map(withoutPayload), refused }))
  say()
  for (const line of countLines(counts, now())) say(line)
  say()
  for (const line of jobLines(jobs, { state, shown })) say(line)
  for (const line of refusedLines(refused)) say(line)
  say()
}

/** Leaves out the payload, which may contain personal data. */
function withoutPayload({ kind, key, state, runAt, attempts, lastError }: Job) {
  return { kind, key, state, runAt, attempts, lastError }
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        state: { type: 'string' },
        kind: { type: 'string' },
        all: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Problem('invalid/usage', `${(error as Error).message}\n\n${help}`)
  }
}
