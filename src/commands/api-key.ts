import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createApiKey } from '../actions/operating/create-api-key.ts'
import {
  endApiKey,
  findKeyToEnd,
  readApiKeys,
  rotateApiKey,
} from '../actions/operating/end-api-key.ts'
import { type Config, readConfig } from '../config.ts'
import { expiryOf, type Scope, scopes } from '../domain/work/api-key.ts'
import { Problem } from '../problem.ts'
import type { Db } from '../storage/database.ts'
import { confirm } from './confirm.ts'
import { changeDatabase, makeOrChangeDatabase, readDatabase } from './installation-database.ts'
import { run, say, tick } from './terminal.ts'

const help = `npm run api-key -- create --name NAME --scope SCOPE [--expires 90d]
npm run api-key -- list
npm run api-key -- revoke NAME [--yes]
npm run api-key -- rotate NAME [--expires 90d] [--yes]

Manages the API keys in the database of DATABASE_URL. All verbs but list need the settings of npm start. NAME is the
name of a key, or its id when several keys have that name.

create makes a key and shows it once, alone on the last line
list   shows every key: its id, name, scopes, state, and the day (UTC) of its last use
revoke ends a key permanently and at once, in every running Blazon
rotate makes another key of the same name and scopes, shows it once, and revokes the former one

  --name NAME    what it is for, such as "exam platform"
  --scope SCOPE  what it may do; repeat it for several: ${scopes.join(', ')}
  --expires 90d  the days until it expires; never by default. A rotated key keeps its term.
  --yes          do it without asking
  --help         this text`

const now = () => new Date().toISOString()
const random = (bytes: number) => randomBytes(bytes)

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  const work = choose(values, positionals)
  await work(readConfig())
})

type Values = ReturnType<typeof parse>['values']

/** Chooses the work. Every argument is checked before anything is opened. */
function choose(
  values: Values,
  [verb, name, more]: string[],
): (config: Config) => Promise<unknown> {
  const expiresAt = values.expires === undefined ? undefined : expiryOf(values.expires, now())
  if (values.expires !== undefined && expiresAt === undefined)
    throw new Problem(
      'invalid/bad-expiry',
      `--expires must be a number of days such as 90d, not ${values.expires}.`,
    )
  const yes = values.yes ?? false
  if (more === undefined) {
    if (verb === 'create' && name === undefined) {
      const make = create(values, expiresAt)
      return (config) => makeOrChangeDatabase(config, make)
    }
    if (verb === 'list' && name === undefined) return (config) => readDatabase(config, list)
    if (verb === 'revoke' && name)
      return (config) => changeDatabase(config, (db) => revoke(db, name, yes))
    if (verb === 'rotate' && name)
      return (config) => changeDatabase(config, (db) => rotate(db, name, { expiresAt, yes }))
  }
  throw new Problem('invalid/usage', `Say what to do.\n\n${help}`)
}

function create({ name, scope: wanted = [] }: Values, expiresAt: string | undefined) {
  const unknown = wanted.filter((scope) => !scopes.includes(scope as Scope))
  if (unknown.length > 0)
    throw new Problem(
      'invalid/no-such-scope',
      `There is no scope ${unknown.join(', ')}; the scopes are ${scopes.join(', ')}.`,
    )
  if (!name?.trim() || wanted.length === 0)
    throw new Problem('invalid/usage', `Say what to make.\n\n${help}`)
  const wish = { name, scopes: [...new Set(wanted as Scope[])], ...(expiresAt && { expiresAt }) }
  return async (db: Db) => {
    const key = await createApiKey({ db, random, now }, wish)
    const until = expiresAt ? `, until ${expiresAt.slice(0, 10)}` : ''
    tick(`A key for ${name} with ${wanted.join(', ')}${until}. It is not shown again:`)
    say(key)
  }
}

async function list(db: Db) {
  const keys = await readApiKeys({ db, now })
  if (keys.length === 0)
    return say('There is no API key. Make one: npm run api-key -- create --help')
  for (const { id, name, scopes, state, createdAt, expiresAt, lastUsedOn } of keys) {
    const until = expiresAt === null ? '' : `, until ${expiresAt.slice(0, 10)}`
    say(`${id}  ${state.padEnd(7)}  ${name}: ${scopes.join(', ')}`)
    say(`              made ${createdAt.slice(0, 10)}${until}, last used ${lastUsedOn ?? 'never'}`)
  }
}

async function revoke(db: Db, name: string, yes: boolean) {
  const key = await findKeyToEnd({ db }, name)
  await confirm(`The key ${key.id} (${key.name}) would stop at once, permanently.`, yes)
  await endApiKey({ db, now }, key.id)
  tick(`The key ${key.id} (${key.name}) is revoked.`)
}

type How = { expiresAt: string | undefined; yes: boolean }

async function rotate(db: Db, name: string, { expiresAt, yes }: How) {
  const { id, name: called, scopes } = await findKeyToEnd({ db }, name)
  await confirm(`The key ${id} (${called}) would stop at once; another takes its place.`, yes)
  const key = await rotateApiKey({ db, random, now }, { id, expiresAt })
  tick(`${id} is revoked. A key for ${called} with ${scopes.join(', ')}. It is not shown again:`)
  say(key)
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        scope: { type: 'string', multiple: true },
        expires: { type: 'string' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Problem('invalid/usage', `${(error as Error).message}\n\n${help}`)
  }
}
