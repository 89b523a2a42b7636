import { parseArgs } from 'node:util'
import {
  changeInstallation,
  readInstallationChange,
} from '../actions/operating/change-installation.ts'
import { readConfig } from '../config.ts'
import { readSettled } from '../opening.ts'
import { Problem } from '../problem.ts'
import { confirm } from './confirm.ts'
import { readDatabase } from './installation-database.ts'
import { cross, run, say, tick } from './terminal.ts'

const help = `npm run installation
npm run installation -- change [--yes]

A database records the PUBLIC_URL, programme and key ring with which it was first started. Blazon refuses to start
with others, and commands refuse to act.

Without a verb, it shows the record of the database of DATABASE_URL and where the settings differ; if they do, it exits
with 1. change makes the database belong to the settings. It first describes the consequences, and asks. Stop every
Blazon on this database before.

  --yes    change it without a question, for scripts
  --help   this text`

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  const [verb, more] = positionals
  if (more !== undefined || (verb !== undefined && verb !== 'change'))
    throw new Problem('invalid/usage', `Say what to do.\n\n${help}`)
  const config = readConfig()
  const { present } = await readSettled(config)
  await readDatabase(config, async (db) => {
    const { known, differs, consequences } = await readInstallationChange(db, present)
    const { publicUrl, programme, keys } = known
    say(`\n  PUBLIC_URL      ${publicUrl}`)
    say(`  PROGRAMME_FILE  ${programme.certificationPrefix} of ${programme.issuerUrl}`)
    say(`  KEYS_DIR        ${keys.map(({ id }) => id).join(', ')}\n`)
    if (differs.length === 0) return tick('The settings are those of the database.')
    for (const { path, message } of differs) cross(`${path}: ${message}`)
    if (verb === undefined) {
      process.exitCode = 1
      return
    }
    say('\n  If the database is changed to these settings:')
    for (const line of consequences) say(`  - ${line}`)
    say()
    await confirm('The database would belong to these settings.', values.yes === true)
    await changeInstallation({ db, now: () => new Date().toISOString() }, present)
    tick(`The database belongs to ${present.publicUrl}. Next: npm start`)
  })
})

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { yes: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    throw new Problem('invalid/usage', `${(error as Error).message}\n\n${help}`)
  }
}
