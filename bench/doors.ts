import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { createApiKey } from '../src/actions/create-api-key.ts'
import { readConfig } from '../src/config.ts'
import { openBlazon } from '../src/main.ts'
import { alignments, grid, withAchievement } from '../test/verifying/hostile.ts'

/*
 * How long each public address stops the main thread with the worst that a stranger can send: node bench/doors.ts [listed badges]
 * The worst stall of five askings, in milliseconds, and its ratio to that of the plain badge page.
 */
const listed = Number(process.argv[2] ?? 10_000)
const folder = mkdtempSync(join(tmpdir(), 'blazon-doors-'))
const secret = `whsec_${'A'.repeat(32)}`
const blazon = await openBlazon(
  readConfig({
    PUBLIC_URL: 'https://badges.example.test',
    DATABASE_URL: `sqlite:${join(folder, 'doors.db')}`,
    KEYS_DIR: 'test/help/keys',
    MAIL_DIR: join(folder, 'mails'),
    WEBHOOK_SECRETS: [1, 2, 3].map(() => secret).join(','),
    LOG_LEVEL: 'silent',
  }),
)
const { app, tools } = blazon
const key = await createApiKey(tools, { name: 'doors', scopes: ['results:write', 'badges:write'] })
const auth = { authorization: `Bearer ${key}` }

type Sent = {
  method?: 'GET' | 'POST' | 'PUT'
  payload?: string | Buffer | object
  headers?: Record<string, string>
}
const ask = (url: string, sent: Sent = {}) =>
  app.inject({ url, remoteAddress: '192.0.2.1', ...sent })

const made = await ask('/v1/exam-results', {
  method: 'POST',
  headers: auth,
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
  headers: auth,
  payload: { visibility: 'public', discoverable: true },
})
await fill()

/** Copies of the one badge and of its words for the directory: rows alone, as many as a busy programme lists. */
async function fill() {
  await sql`pragma foreign_keys = off`.execute(tools.db)
  for (const { name } of await tools.db.introspection.getTables()) {
    if (name !== 'badge' && name !== 'directory' && name !== 'credential') continue
    const { rows } = await sql<{
      name: string
    }>`select name from pragma_table_info(${name})`.execute(tools.db)
    const columns = rows.map((each) => each.name)
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
    const values = columns.map((column) =>
      own.includes(column)
        ? `substr(${column}, 1, 14) || printf('%08d', n)`
        : column === 'status_index'
          ? 'n'
          : column,
    )
    await sql
      .raw(
        `insert into ${name} (${columns.join()}) with recursive counter(n) as (select 1 union all select n + 1 from counter where n < ${listed}) select ${values.join()} from ${name}, counter`,
      )
      .execute(tools.db)
  }
}

const at = (address: string) => address.replace('https://badges.example.test', '')
const page = at(badge.links.page)
const genuine = (await ask(`${page}/credential.json`)).body
const json = { 'content-type': 'application/json' }
const verify =
  (payload: Sent['payload'], type = 'application/json') =>
  () =>
    ask('/v1/verify', {
      method: 'POST',
      payload: payload as object,
      headers: { 'content-type': type },
    })
const get =
  (url: string, headers = {}) =>
  () =>
    ask(url, { headers })
const signed = (type: string, size: number) => () =>
  ask('/v1/exam-results', {
    method: 'POST',
    payload: Buffer.alloc(size, 'a'),
    headers: {
      'content-type': type,
      'webhook-id': 'm',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
    },
  })
const document = JSON.stringify(withAchievement(genuine, { alignment: alignments(135) }))
const paths = (await ask('/ob3/issuer')).body

const works: Record<string, () => Promise<{ statusCode: number }>> = {
  'the badge page': get(page, { accept: 'text/html' }),
  'verify, 135 alignments': verify(document),
  'verify, 8 MB of brackets': verify('['.repeat(8_000_000)),
  'verify, 8 MB of one string': verify(`{"type":"Assertion","id":"${'a'.repeat(8_000_000)}"}`),
  'verify, a grid': verify(JSON.stringify(grid(genuine, [10, 10]))),
  'verify, 8 MB of SVG': verify(
    `<svg xmlns="http://www.w3.org/2000/svg">${'<g/>'.repeat(1_900_000)}</svg>`,
    'image/svg+xml',
  ),
  'the badge page, checked now': get(`${page}?check=now`, { accept: 'text/html' }),
  'a webhook, 10 MB, wrongly signed': signed('text/csv', 10 * 1024 * 1024),
  'a webhook, 64 KB, wrongly signed': signed('application/json', 65_000),
  home: get('/', { accept: 'text/html' }),
  help: get('/help', { accept: 'text/html' }),
  privacy: get('/privacy', { accept: 'text/html' }),
  docs: get('/docs', { accept: 'text/html' }),
  'openapi.json': get('/openapi.json'),
  directory: get('/directory', { accept: 'text/html' }),
  'directory, a common word': get('/directory?q=zhang&page=200', { accept: 'text/html' }),
  'directory, many words': get(`/directory?q=${'z%20'.repeat(2000)}`, { accept: 'text/html' }),
  'directory feed': get('/directory/feed.json'),
  'sitemap.xml': get('/sitemap.xml'),
  'sitemap part': get('/sitemaps/badges-1.xml'),
  oembed: get(`/oembed?url=${encodeURIComponent(badge.links.page)}`),
  'oembed, a long url': get(`/oembed?url=${'a'.repeat(15_000)}`),
  embed: get(`/embed/${page.slice(3)}`, { accept: 'text/html' }),
  'card.png': get(`${page}/card.png`),
  'picture.png': get(`${page}/picture.png`),
  'picture-1200.png': get(`${page}/picture-1200.png`),
  'signature.png': get(`${page}/signature.png`),
  'badge.png': get(`${page}/badge.png`),
  'badge.svg': get(`${page}/badge.svg`),
  'badge-ob2.svg': get(`${page}/badge-ob2.svg`),
  'credential.jwt': get(`${page}/credential.jwt`),
  'assertion.jws': get(`${page}/assertion.jws`),
  'hosted assertion': get(at(badge.links.assertion)),
  'ob3 issuer': get('/ob3/issuer'),
  'did.json': get('/.well-known/did.json'),
  'jwks.json': get('/.well-known/jwks.json'),
  'status list, signed anew': () => {
    tools.statusLists.clear()
    return ask('/status/1')
  },
  'status/revoked': get('/status/revoked'),
  'sign-in, 16 KB of fields': () =>
    ask('/sign-in', {
      method: 'POST',
      payload: 'a=&'.repeat(5400),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  'long Accept and Accept-Language': get(page, {
    accept: 'text/html;q=0.1,'.repeat(400),
    'accept-language': 'zh-CN;q=0.1,'.repeat(500),
  }),
  'many cookies': get(page, { cookie: 'a=b; '.repeat(2500) }),
  'xapi without a key': () =>
    ask('/xapi/statements', {
      method: 'POST',
      payload: Buffer.alloc(1_000_000, '['),
      headers: json,
    }),
  'bounces without a key': () =>
    ask('/v1/mails/bounces', { method: 'POST', payload: Buffer.alloc(60_000, '['), headers: json }),
}

// Stalls are told apart from collecting what the earlier ones left.
const delay = monitorEventLoopDelay({ resolution: 1 })
async function stall(work: () => Promise<unknown>) {
  globalThis.gc?.()
  await new Promise((resolve) => setTimeout(resolve, 20))
  delay.enable()
  await new Promise((resolve) => setTimeout(resolve, 5))
  delay.reset()
  const begun = performance.eventLoopUtilization()
  const answer = (await work()) as { statusCode: number }
  await new Promise((resolve) => setTimeout(resolve, 5))
  const { active } = performance.eventLoopUtilization(begun)
  const worst = delay.max / 1e6
  delay.disable()
  return { worst, active, status: answer.statusCode }
}

const rows: { name: string; first: number; worst: number; active: number; status: number }[] = []
for (const [name, work] of Object.entries(works)) {
  const [first, ...later] = [
    await stall(work),
    await stall(work),
    await stall(work),
    await stall(work),
    await stall(work),
  ]
  const sorted = later.map(({ worst }) => worst).sort((a, b) => a - b)
  const active = later.map((each) => each.active).sort((a, b) => a - b)[1] ?? 0
  rows.push({ name, first: first.worst, worst: sorted[1] ?? 0, active, status: first.status })
}
const plain = rows[0]?.active ?? 1
process.stdout.write(`${listed} listed badges; ${paths.length} bytes of issuer\n`)
for (const { name, first, worst, active, status } of rows)
  process.stdout.write(
    `${name.padEnd(36)} ${status}  first ${first.toFixed(0).padStart(5)} ms  again ${worst.toFixed(0).padStart(5)} ms  busy ${active.toFixed(1).padStart(7)} ms  ${(active / plain).toFixed(1).padStart(6)}x the page\n`,
  )
await blazon.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
