import diagnostics from 'node:diagnostics_channel'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { BadgeAnswer } from '../schemas/badge.ts'
import { createApiKey } from '../src/actions/operating/create-api-key.ts'
import { readConfig } from '../src/config.ts'
import { openBlazon } from '../src/main.ts'

export type Sent = {
  method?: 'GET' | 'POST' | 'PUT'
  payload?: string | Buffer | object
  headers?: Record<string, string>
}

export type Route = { method: 'GET' | 'POST' | 'PUT'; url: string }

export type DoorsScene = Awaited<ReturnType<typeof openDoors>>

/** A Blazon with so many public badges in the directory, half of them revoked, and the list of its real routes. */
export async function openDoors(listed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-doors-'))
  const secret = `whsec_${'A'.repeat(32)}`
  const routes: Route[] = []
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: Blazon['app'] }
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat())
        if (each === 'GET' || each === 'POST' || each === 'PUT')
          routes.push({ method: each as Route['method'], url })
    })
  }
  diagnostics.subscribe('fastify.initialization', watch)
  const blazon = await openBlazon(
    readConfig({
      PUBLIC_URL: origin,
      DATABASE_URL: `sqlite:${join(folder, 'doors.db')}`,
      KEYS_DIR: 'test/help/keys',
      MAIL_DIR: join(folder, 'mails'),
      ADAPTERS_DIR: 'adapters.example',
      ADAPTER_TOKENS: 'kryterion=sample-token,certiverse=sample-token',
      WEBHOOK_SECRETS: [1, 2, 3].map(() => secret).join(),
      LOG_LEVEL: 'silent',
    }),
  )
  diagnostics.unsubscribe('fastify.initialization', watch)
  const ask = (url: string, sent: Sent = {}) =>
    blazon.app.inject({ url, remoteAddress: '192.0.2.1', ...sent })
  const badge = await issue(blazon, ask)
  await fill(blazon, listed)
  const close = async () => {
    await blazon.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { tools: blazon.tools, ask, badge, routes, close }
}

const origin = 'https://badges.example.test'
/** The path of an address of this Blazon. */
export const at = (address: string) => address.replace(origin, '')

type Blazon = Awaited<ReturnType<typeof openBlazon>>
type Ask = (
  url: string,
  sent?: Sent,
) => Promise<{ statusCode: number; body: string; json: () => { badge: BadgeAnswer } }>

async function issue({ tools }: Blazon, ask: Ask): Promise<BadgeAnswer> {
  const key = await createApiKey(tools, {
    name: 'doors',
    scopes: ['results:write', 'badges:write'],
  })
  const headers = { authorization: `Bearer ${key}` }
  const made = await ask('/v1/exam-results', {
    method: 'POST',
    headers,
    payload: {
      source: 'bench',
      resultId: 'R-1',
      revision: 1,
      exam: 'PR000001',
      outcome: 'passed',
      startedAt: '2026-11-22T09:00:00+08:00',
      endedAt: '2026-11-22T10:12:00+08:00',
      released: true,
      candidate: { id: 'C-1', fullName: '张伟', latinName: 'Zhang Wei', email: 'z@example.com' },
    },
  })
  const { badge } = made.json()
  await ask(`/v1/badges/${badge.id}/privacy`, {
    method: 'PUT',
    headers,
    payload: { visibility: 'public', discoverable: true },
  })
  return badge
}

const own = [
  'id',
  'slug',
  'hosted_id',
  'subject_id',
  'result_id',
  'certification_number',
  'badge_id',
  'credential_id',
  'assertion_id',
]

/** Copies the one badge and its words for the directory: rows only, as many as a busy programme lists. */
async function fill({ tools: { db } }: Blazon, listed: number) {
  await sql`pragma foreign_keys = off`.execute(db)
  for (const { name } of await db.introspection.getTables()) {
    if (name !== 'badge' && name !== 'directory' && name !== 'credential') continue
    const { rows } = await sql<{
      name: string
    }>`select name from pragma_table_info(${name})`.execute(db)
    const columns = rows.map((each) => each.name)
    const values = columns.map((column) => {
      if (own.includes(column)) return `substr(${column}, 1, 14) || printf('%08d', n)`
      if (column === 'status_index') return 'n'
      if (column === 'status_method') return `'1EdTechRevocationList'`
      return column === 'revoked_class' ? `case n % 2 when 0 then 'withdrawn' end` : column
    })
    await sql
      .raw(
        `insert into ${name} (${columns.join()}) with recursive counter(n) as (select 1 union all select n + 1 from counter where n < ${listed}) select ${values.join()} from ${name}, counter`,
      )
      .execute(db)
  }
}
