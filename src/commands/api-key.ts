import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createApiKey } from '../actions/create-api-key.ts'
import { readConfig } from '../config.ts'
import { type Scope, scopes } from '../domain/api-key.ts'
import { Problem } from '../problem.ts'
import { openDatabase } from '../storage/database.ts'
import { run, say, tick } from './terminal.ts'

const help = `npm run api-key -- create --name NAME --scope SCOPE

Makes an API key in the database of DATABASE_URL and shows it once, alone on the last line.

  --name NAME    what it is for, such as "exam platform"
  --scope SCOPE  what it may do; repeat it for several: ${scopes.join(', ')}
  --help         this text`

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  const wanted = values.scope ?? []
  const unknown = wanted.filter((scope) => !scopes.includes(scope as Scope))
  if (unknown.length > 0)
    throw new Problem(
      'invalid',
      `There is no scope ${unknown.join(', ')}; the scopes are ${scopes.join(', ')}.`,
    )
  if (
    positionals[0] !== 'create' ||
    positionals.length > 1 ||
    !values.name?.trim() ||
    wanted.length === 0
  )
    throw new Problem('invalid', `Say what to make.\n\n${help}`)
  const db = await openDatabase(readConfig().databaseUrl)
  const key = await createApiKey(
    { db, random: (bytes) => randomBytes(bytes), now: () => new Date().toISOString() },
    { name: values.name, scopes: [...new Set(wanted as Scope[])] },
  )
  await db.destroy()
  tick(`A key for ${values.name} with ${wanted.join(', ')}. It is not shown again:`)
  say(key)
})

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        scope: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Problem('invalid', `${(error as Error).message}\n\n${help}`)
  }
}
