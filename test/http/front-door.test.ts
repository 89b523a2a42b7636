import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { openDatabase } from '../../src/storage/database.ts'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { listening } from '../help/real-server.ts'
import { change, clockAt, get, issue, passEvent, post, type Started, start } from '../help/start.ts'

type Headers = Record<string, string>
type Ask = Awaited<ReturnType<typeof listening>>

const pathOf = (address: string) => new URL(address).pathname

/** Addresses of each kind that is kept: page, JSON, file, picture, hosted assertion, status list. */
function addressesOf({ links }: Awaited<ReturnType<typeof issue>>): string[] {
  const page = pathOf(links.page)
  const files = ['credential.json', 'badge.png', 'picture-96.png', 'named-badge.png']
  return [
    page,
    `${page}.json`,
    ...files.map((file) => `${page}/${file}`),
    pathOf(links.assertion),
    '/status/1',
  ]
}

/** What a client sees over the network, and what Fastify makes for the same question: never from what is kept. */
async function pairOf(ask: Ask, { app }: Started, path: string, headers: Headers) {
  const over = await ask(path, headers)
  const made = await app.inject({ url: `${path}?`, headers })
  const visible = ({ date: _, connection: __, 'keep-alive': ___, ...sent }: object & Headers) =>
    sent
  return [
    { status: over.status, headers: visible(over.headers as Headers), body: over.body },
    { status: made.statusCode, headers: visible(made.headers as Headers), body: made.rawPayload },
  ]
}

const wishes: Headers[] = [
  {},
  { accept: 'application/json' },
  { accept: 'text/html', 'accept-language': 'ar', 'accept-encoding': 'gzip, deflate, br, zstd' },
  { 'accept-encoding': 'gzip' },
]

async function sameAsMade(t: Test, ask: Ask, started: Started, addresses: string[], when: string) {
  for (const path of addresses)
    for (const wish of wishes) {
      const what = `${when}: ${path} ${JSON.stringify(wish)}`
      for (let turn = 0; turn < 3; turn += 1) {
        const [over, made] = await pairOf(ask, started, path, wish)
        t.same(over, made, what)
      }
      const { etag } = (await ask(path, wish)).headers
      if (etag === undefined) continue
      for (let turn = 0; turn < 3; turn += 1) {
        const [over, made] = await pairOf(ask, started, path, { ...wish, 'if-none-match': etag })
        t.same(over, made, `${what}, known`)
      }
    }
}

await onEachDatabase(
  t,
  'over the network, a repeated answer is the one that would be made now',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.500Z')
    const started = await start(t, { database, clock })
    const ask = await listening(started)
    const badge = await issue(started)
    const addresses = addressesOf(badge)
    const check = (when: string) => sameAsMade(t, ask, started, addresses, when)
    await check('public')
    await change(started, badge.id, 'privacy', { visibility: 'private' })
    await check('private')
    await change(started, badge.id, 'privacy', { visibility: 'public', nameDisplay: 'full' })
    await check('public again, with a name')
    await change(started, badge.id, 'suspend', {})
    await check('suspended')
    await change(started, badge.id, 'reinstate', {})
    await post(started, passEvent({ revision: 2, score: '900' }))
    await check('corrected')
    await change(started, badge.id, 'privacy', { showExpired: false })
    clock.set('2028-11-22T15:59:59.000Z')
    await check('in its last instant')
    t.equal((await ask(addresses[0] ?? '')).status, 200)
    clock.set('2028-11-22T15:59:59.001Z')
    t.equal((await ask(addresses[0] ?? '')).status, 404)
    await check('expired and hidden')
    await change(started, badge.id, 'privacy', { showExpired: true })
    await check('expired and shown')
    await change(started, badge.id, 'revoke', { class: 'withdrawn' })
    await check('revoked')
  },
)

t.test('a hidden badge and none are answered alike over the network', async (t) => {
  const started = await start(t as Test)
  const ask = await listening(started)
  const hidden = addressesOf(await issue(started, { visibility: 'private' }))
  for (const path of hidden.filter((each) => !each.startsWith('/status')))
    for (let turn = 0; turn < 3; turn += 1) {
      const none = await ask(path.replace(/[\w-]{22}/, 'A'.repeat(22)))
      const found = await ask(path)
      for (const { headers } of [none, found]) delete headers.date
      t.equal(none.status, 404)
      t.same(found, none, path)
    }
})

t.test('a change of another process is seen by the next request', async (t) => {
  const database = await sqliteDatabase(t as Test)
  const started = await start(t as Test, { database })
  const ask = await listening(started)
  const badge = await issue(started)
  const path = pathOf(badge.links.assertion)
  const other = await openDatabase(database.url)
  t.teardown(() => other.destroy())
  const show = (visibility: 'private' | 'public', changes: number) =>
    other.updateTable('badge').set({ visibility, changes }).where('id', '=', badge.id).execute()
  for (let turn = 0; turn < 20; turn += 1) {
    t.equal((await ask(path)).status, 200)
    await show('private', 100 + turn)
    await setImmediate() // Reads of one turn of the event loop see one moment.
    t.equal((await ask(path)).status, 404)
    await show('public', 200 + turn)
    await setImmediate()
  }
})

t.test(
  'what is asked while a change is under way is right as soon as it is answered',
  async (t) => {
    const started = await start(t as Test)
    const ask = await listening(started)
    const badge = await issue(started)
    const path = pathOf(badge.links.assertion)
    for (let turn = 0; turn < 10; turn += 1) {
      const asked = [ask(path), ask(path)]
      await change(started, badge.id, 'privacy', { visibility: 'private' })
      t.equal((await ask(path)).status, 404)
      await Promise.all(asked)
      t.equal((await ask(path)).status, 404)
      await change(started, badge.id, 'privacy', { visibility: 'public' })
      t.equal((await ask(path)).status, 200)
    }
  },
)

t.test('requests with secrets, questions or bodies are left to their routes', async (t) => {
  const started = await start(t as Test)
  const ask = await listening(started)
  const badge = await issue(started, { visibility: 'private' })
  const path = pathOf(badge.links.page)
  for (let turn = 0; turn < 3; turn += 1) t.equal((await ask(path)).status, 404)
  t.equal((await ask(path, started.auth)).status, 200, 'an operator sees what the owner sees')
  t.equal((await ask(`${path}?check=now`)).status, 404)
  t.equal((await ask(path, { 'content-encoding': 'gzip' })).status, 415)
  t.equal((await get(started, badge.links.page)).statusCode, 404)
})

t.test('it counts its answers, and warns of a forwarder that nobody trusts', async (t) => {
  const started = await start(t as Test, { settings: { TRUSTED_PROXIES: 'none' } })
  const ask = await listening(started)
  const path = pathOf((await issue(started)).links.assertion)
  for (let turn = 0; turn < 5; turn += 1) t.equal((await ask(path)).status, 200)
  const { text } = await started.tools.metrics.read([])
  const labels = 'method="GET",route="/ob2/assertions/:id",status="200"'
  t.match(text, `blazon_http_requests_total{${labels}} 5`)
  const warnings = () => started.log.filter((line) => line.includes('TRUSTED_PROXIES')).length
  t.equal(warnings(), 0)
  for (let turn = 0; turn < 3; turn += 1) await ask(path, { 'x-forwarded-for': '203.0.113.7' })
  t.equal(warnings(), 1)
})
