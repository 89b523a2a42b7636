import { setTimeout as sleep } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import type { Test } from 'tap'
import { createApiKey } from '../../src/actions/operating/create-api-key.ts'
import type { Scope } from '../../src/domain/work/api-key.ts'
import type { Db } from '../../src/storage/database.ts'
import type { Database } from '../help/databases.ts'
import { change, issue, type Started, start } from '../help/start.ts'
import type { Caller, Row } from './row.ts'

/** A Blazon with a badge in each state and a key of each kind, and how a row of the corpus is sent to it. */
export type World = Started & {
  ids: Record<'public' | 'private' | 'revoked' | 'suspended', string>
  slugs: Record<'public' | 'private' | 'revoked' | 'suspended', string>
  send: (row: Row) => Promise<LightMyRequestResponse>
}

export async function makeWorld(
  t: Test,
  database?: Database,
  settings: Record<string, string> = {},
): Promise<World> {
  const started = await start(t, { ...(database && { database }), settings })
  const made = await issueAll(started)
  const each = <Value>(pick: (badge: (typeof made)['public']) => Value) => ({
    public: pick(made.public),
    private: pick(made.private),
    revoked: pick(made.revoked),
    suspended: pick(made.suspended),
  })
  const ids = each(({ id }) => id)
  const slugs = each(({ links }) => links.page.split('/').at(-1) ?? '')
  const keys = await makeKeys(started)
  const send = (row: Row) => {
    const { url = '/v1/exam-results', body, as = 'every scope' } = row
    const { method = row.url !== undefined && body === undefined ? 'GET' : 'POST' } = row
    const headers = Object.fromEntries(
      Object.entries(row.headers ?? {}).map(([name, value]) => [
        name,
        value.replaceAll('{key}', started.key).replace('{cut key}', started.key.slice(0, -1)),
      ]),
    )
    return started.app.inject({
      method,
      url: url.replace(/\{(\w+)\}/, (_, name: keyof typeof ids) => ids[name]),
      headers: {
        ...(typeof body === 'string' && { 'content-type': 'application/json' }),
        ...(Buffer.isBuffer(body) && { 'content-type': 'application/json' }),
        ...(as !== 'nobody' && { authorization: `Bearer ${keys[as]}` }),
        ...headers,
      },
      ...(body !== undefined && { payload: body }),
    })
  }
  return { ...started, ids, slugs, send }
}

async function issueAll(started: Started) {
  const badge = (resultId: string, visibility: string) => {
    const candidate = { id: resultId, fullName: 'Zhang Wei', email: `${resultId}@example.com` }
    return issue(started, { resultId, visibility, candidate })
  }
  const made = {
    public: await badge('R-public', 'public'),
    private: await badge('R-private', 'private'),
    revoked: await badge('R-revoked', 'public'),
    suspended: await badge('R-suspended', 'public'),
  }
  await change(started, made.revoked.id, 'revoke', { class: 'withdrawn' })
  await change(started, made.suspended.id, 'suspend')
  return made
}

async function makeKeys({ app, tools, key }: Started): Promise<Record<Caller, string>> {
  const make = (scopes: Scope[]) => createApiKey(tools, { name: 'corpus', scopes })
  const keys = {
    'every scope': key,
    'results only': await make(['results:write']),
    'reads only': await make(['badges:read']),
    nobody: '',
  }
  // The first use of a key is noted, once a day; from then on a refused message leaves no trace at all.
  for (const each of Object.values(keys).filter((one) => one !== ''))
    await app.inject({ url: '/v1/badges', headers: { authorization: `Bearer ${each}` } })
  while (await isUnused(tools.db)) await sleep(5)
  return keys
}

async function isUnused(db: Db): Promise<boolean> {
  const unused = await db
    .selectFrom('api_key')
    .select('id')
    .where('last_used_on', 'is', null)
    .execute()
  return unused.length > 0
}

/** Every row of every table, the audit log among them: what is refused leaves no trace. */
export async function dump(db: Db): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {}
  const tables = (await db.introspection.getTables()).map(({ name }) => name).sort()
  for (const table of tables) {
    const found = await sql<object>`select * from ${sql.table(table)}`.execute(db)
    rows[table] = found.rows.map((row) => JSON.stringify(row)).sort()
  }
  return rows
}
