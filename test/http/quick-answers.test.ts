import t, { type Test } from 'tap'
import { fileForms } from '../../src/domain/badge/badge-files.ts'
import { onEachDatabase } from '../help/databases.ts'
import { change, clockAt, issue, passEvent, post, type Started, start } from '../help/start.ts'
import { watchQueries } from '../privacy/watch.ts'

type Headers = Record<string, string>

/** A whole answer, without the moment at which it was sent. */
async function ask({ app }: Started, url: string, headers: Headers = {}) {
  const { statusCode, headers: all, rawPayload } = await app.inject({ url, headers })
  const { date: _, connection: __, ...sent } = all
  return { status: statusCode, headers: sent, body: rawPayload.toString('base64') }
}

/** Forms of every kind whose answers are kept; the other pictures and signed forms are kept alike. */
const forms = fileForms.filter((form) => !/^picture-|badge-ob2|named-.*(png|jwt)$/.test(form))

/** Every address whose answers are kept, for one badge. */
function addressesOf({ links }: Awaited<ReturnType<typeof issue>>): string[] {
  const page = new URL(links.page).pathname
  return [
    page,
    `${page}.json`,
    ...forms.map((form) => `${page}/${form}`),
    new URL(links.assertion).pathname,
    '/status/1',
  ]
}

const wishes: Headers[] = [
  {},
  { accept: 'application/json' },
  { accept: 'application/vc' },
  { accept: 'text/html' },
  { 'accept-language': 'ar' },
]

/**
 * Compares repeated answers with one made for this request: a question mark in the address makes an answer that is not
 * kept.
 */
async function sameAsFresh(t: Test, started: Started, addresses: string[], when: string) {
  for (const address of addresses)
    for (const wish of /\.(png|svg|jws|jwt)$/.test(address) ? wishes.slice(0, 1) : wishes) {
      const fresh = await ask(started, `${address}?`, wish)
      const again = [await ask(started, address, wish), await ask(started, address, wish)]
      const what = `${when}: ${address} ${JSON.stringify(wish)}`
      t.same(again, [fresh, fresh], what)
      const { etag } = fresh.headers
      if (typeof etag !== 'string') continue
      const known = { ...wish, 'if-none-match': `W/"other", ${etag}` }
      const short = await ask(started, `${address}?`, known)
      t.equal(short.status, fresh.status === 200 ? 304 : fresh.status, what)
      t.same(
        [await ask(started, address, known), await ask(started, address, known)],
        [short, short],
      )
      t.same(await ask(started, address, { ...wish, 'if-none-match': '"other"' }), fresh)
    }
}

await onEachDatabase(
  t,
  'a repeated answer is the one that would be made now, after every change',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const started = await start(t, { database, clock })
    const badge = await issue(started)
    const addresses = addressesOf(badge)
    const check = (when: string) => sameAsFresh(t, started, addresses, when)
    await check('public')
    await change(started, badge.id, 'privacy', { nameDisplay: 'full' })
    await check('with a name')
    await change(started, badge.id, 'suspend', {})
    await check('suspended')
    await change(started, badge.id, 'reinstate', {})
    await check('reinstated')
    await change(started, badge.id, 'privacy', { visibility: 'private' })
    await check('private')
    await change(started, badge.id, 'privacy', { visibility: 'public', showExpired: false })
    await check('public again')
    await post(started, passEvent({ revision: 2, score: '900' }))
    await check('corrected')
    clock.set('2028-11-21T15:59:59.000Z')
    await check('in its last second')
    clock.set('2029-01-01T00:00:00.000Z')
    await check('expired and hidden')
    await change(started, badge.id, 'privacy', { showExpired: true })
    await check('expired and shown')
    await change(started, badge.id, 'revoke', { class: 'withdrawn' })
    await check('revoked')
  },
)

t.test(
  'a hidden badge and none are answered alike, bytes and questions to the database',
  async (t) => {
    const started = await start(t as Test)
    const hidden = addressesOf(await issue(started, { visibility: 'private' }))
    const none = hidden.map((address) => address.replace(/[\w-]{22}/, 'A'.repeat(22)))
    const questions = watchQueries(started)
    for (const [index, address] of hidden.entries()) {
      if (address.startsWith('/status')) continue
      await ask(started, address)
      questions.length = 0
      const shown = await ask(started, address)
      t.equal(shown.status, 404)
      t.same(await ask(started, none[index] ?? ''), shown, address)
      t.same(questions, ['SelectQueryNode badge', 'SelectQueryNode badge'])
    }
  },
)

t.test(
  'a repeated answer costs one question, and one with a secret is never repeated',
  async (t) => {
    const started = await start(t as Test)
    const badge = await issue(started)
    const questions = watchQueries(started)
    for (const address of addressesOf(badge)) {
      await ask(started, address) // A status list is signed first, and has its name then.
      const first = await ask(started, address)
      questions.length = 0
      t.same(await ask(started, address), first)
      // A page also asks for the badges that it is linked with.
      t.equal(questions.length, /^\/b\/[^/]+$/.test(address) ? 2 : 1, address)
      for (const secret of [
        { cookie: 'a=b' },
        { authorization: 'Bearer wrong' },
        started.auth as Headers,
      ]) {
        questions.length = 0
        await ask(started, address, secret)
        t.ok(
          questions.length > 1 || address.startsWith('/status'),
          `${address} ${JSON.stringify(secret)}`,
        )
      }
    }
  },
)

await onEachDatabase(
  t,
  'a repeated page shows the badges that it is linked with as they are now',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const started = await start(t, { database, clock })
    const on = (day: string) => ({
      startedAt: `${day}T09:00:00+08:00`,
      endedAt: `${day}T10:00:00+08:00`,
    })
    const older = await issue(started, on('2024-11-22'))
    const pages = [new URL(older.links.page).pathname]
    const check = (when: string) => sameAsFresh(t, started, pages, when)
    await check('alone')
    const newer = await issue(started, {
      resultId: 'R-2',
      ...on('2026-11-20'),
      visibility: 'private',
    })
    pages.push(new URL(newer.links.page).pathname, `${new URL(newer.links.page).pathname}.json`)
    await check('renewed by a private one')
    await change(started, newer.id, 'privacy', { visibility: 'public' })
    await check('renewed')
    t.match((await started.app.inject({ url: pages[0] ?? '' })).body, newer.links.page)
    await change(started, newer.id, 'suspend', {})
    await check('the newer one under review')
    await change(started, newer.id, 'reinstate', {})
    await change(started, older.id, 'privacy', { visibility: 'private' })
    await check('the older one private')
    await change(started, older.id, 'privacy', { visibility: 'public', showExpired: false })
    clock.set('2027-01-01T00:00:00.000Z')
    await check('the older one expired and hidden')
    await change(started, newer.id, 'revoke', { class: 'withdrawn' })
    await check('the newer one revoked')
  },
)

t.test('what a route would refuse is not answered from what is kept', async (t) => {
  const started = await start(t as Test)
  const address = new URL((await issue(started)).links.assertion).pathname
  for (let turn = 0; turn < 2; turn += 1) t.equal((await ask(started, address)).status, 200)
  t.equal((await ask(started, address, { 'content-encoding': 'gzip' })).status, 415)
})

t.test('an answer that a change overtakes is not kept', async (t) => {
  const started = await start(t as Test)
  const badge = await issue(started)
  const address = new URL(badge.links.assertion).pathname
  const fresh = await ask(started, address)
  t.equal(fresh.status, 200)
  await change(started, badge.id, 'suspend', {})
  const asked = ask(started, address)
  await change(started, badge.id, 'reinstate', {})
  await asked
  t.same(await ask(started, address), fresh)
  t.same(await ask(started, address), fresh)
})

t.test('repeated answers are counted like all others', async (t) => {
  const started = await start(t as Test)
  const address = new URL((await issue(started)).links.assertion).pathname
  for (let turn = 0; turn < 5; turn += 1) t.equal((await ask(started, address)).status, 200)
  const { text } = await started.tools.metrics.read([])
  t.match(
    text,
    'blazon_http_requests_total{method="GET",route="/ob2/assertions/:id",status="200"} 5',
  )
})
