import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { change } from '../help/start.ts'
import { addressOf, ask } from './compare.ts'
import { documents } from './documents.ts'
import { makeWorld, type State, secrets, unknown, type World } from './states.ts'
import { allForms, forms as everyForm, type Form, isOwners } from './table.ts'

/** What anybody may have while a badge is public. */
const forms = everyForm.filter((form) => !isOwners(form))

const at = (world: World, form: Form, state: State, headers: Record<string, string> = {}) =>
  ask(world, addressOf(form, world.places[state]), { accept: form.accept, ...headers })

await onEachDatabase(t, 'an ETag from public days', async (t, database) => {
  const world = await makeWorld(t, database)
  const tags = new Map<Form, string>()
  for (const form of forms) {
    const answer = await at(world, form, 'valid')
    const tag = String(answer.headers.etag)
    tags.set(form, tag)
    const again = await at(world, form, 'valid', { 'if-none-match': tag })
    t.equal(again.statusCode, 304, `${form.form}: unchanged, it is not sent again`)
    t.equal(again.bytes, '')
  }
  const old = (form: Form) => ({ 'if-none-match': `${tags.get(form)}, *` })
  await change(world, world.badges.valid.id, 'privacy', { visibility: 'private' })
  for (const form of forms) {
    const none = await ask(world, addressOf(form, unknown), { accept: form.accept })
    t.same(await at(world, form, 'valid', old(form)), none, `${form.form}: gone once private`)
  }
  await change(world, world.badges.valid.id, 'privacy', { visibility: 'public' })
  await change(world, world.badges.valid.id, 'revoke', { class: 'withdrawn' })
  for (const form of forms.filter(({ public: cells }) => cells.revoked[0] === 410)) {
    const answer = await at(world, form, 'valid', old(form))
    t.equal(answer.statusCode, 410, `${form.form}: 410 once revoked`)
    const itsOwn = await at(world, form, 'valid', { 'if-none-match': String(answer.headers.etag) })
    t.equal(itsOwn.statusCode, 410, `${form.form}: 410 even to who has seen that`)
  }
})

await onEachDatabase(t, 'a change is in every public answer at once:', async (t, database) => {
  const world = await makeWorld(t, database)
  const { id } = world.badges.valid
  const statuses = async () => {
    const found = []
    for (const form of forms) found.push((await at(world, form, 'valid')).statusCode)
    return found
  }
  const all = (status: number) => forms.map(() => status)
  const set = (settings: object) => change(world, id, 'privacy', settings)
  const holds = async (form: string, text: string) => {
    const found = forms.find((each) => each.form === form) as Form
    return (await at(world, found, 'valid')).bytes.includes(Buffer.from(text).toString('latin1'))
  }
  for (const visibility of ['private', 'link']) {
    await set({ visibility })
    t.same(await statuses(), all(404), visibility)
    await set({ visibility: 'public' })
    t.same(await statuses(), all(200), `public after ${visibility}`)
  }
  for (const form of ['page', 'JSON by name']) {
    await set({ nameDisplay: 'full' })
    t.ok(await holds(form, '王小明'), `${form}: the full name`)
    await set({ nameDisplay: 'initials' })
    t.ok(await holds(form, 'W. V.'), `${form}: initials`)
    t.notOk((await holds(form, '王小明')) || (await holds(form, 'Wilhelmina')), `${form}: no more`)
    await set({ nameDisplay: 'hidden' })
    t.notOk(await holds(form, 'W. V.'), `${form}: no name`)
  }
  await change(world, id, 'suspend')
  t.ok(await holds('page', 'Status under review'))
  t.ok(await holds('JSON by suffix', '"status":"suspended"'))
  await change(world, id, 'reinstate')
  t.ok(await holds('JSON by suffix', '"status":"valid"'))
  world.clock.set('2040-01-01T00:00:00.000Z')
  t.ok(await holds('JSON by suffix', '"status":"expired"'), 'by the clock, with no job run')
  await set({ showExpired: false })
  t.same(await statuses(), all(404), 'expired, and not to be shown when expired')
})

t.test('the size of the picture for a hidden badge is that for none', async (t) => {
  const world = await makeWorld(t)
  const picture = forms.find(({ form }) => form === 'picture.png') as Form
  const none = await ask(world, addressOf(picture, unknown))
  for (const state of [
    'private',
    'private and revoked',
    'expired and not shown when expired',
  ] as const) {
    const { headers, bytes } = await at(world, picture, state)
    t.same([headers['content-length'], bytes], [none.headers['content-length'], none.bytes], state)
  }
})

t.test('no address redirects', async (t) => {
  const world = await makeWorld(t)
  const { slug } = world.places.valid
  for (const end of ['', '/', '.json', '.json/', '?check=now', '/picture.png/', '//', '/.'])
    for (const each of [slug, world.places.private.slug, unknown.slug]) {
      const { statusCode, headers } = await ask(world, `/b/${each}${end}`)
      t.notOk(statusCode >= 300 && statusCode < 400, `/b/…${end}`)
      t.equal(headers.location, undefined)
    }
})

t.test('a question in the address is answered for a hidden badge as for none', async (t) => {
  const world = await makeWorld(t)
  for (const question of [
    '?check=now',
    '?check=now&check=now',
    '?check[]=1',
    '?token=x',
    '?%',
    `?${'x'.repeat(5000)}`,
  ])
    for (const { route, accept } of forms.slice(0, 4)) {
      const path = (slug: string) => route.replace(':slug', slug) + question
      t.same(
        await ask(world, path(world.places.private.slug), { accept }),
        await ask(world, path(unknown.slug), { accept }),
        `${route}${question}`,
      )
    }
})

t.test(
  'any site may read a public answer, and the answer to its question beforehand tells nothing',
  async (t) => {
    const world = await makeWorld(t)
    const origin = { origin: 'https://other.example', 'access-control-request-method': 'GET' }
    const before = await ask(world, `/b/${unknown.slug}`, origin, 'OPTIONS')
    t.equal(before.statusCode, 204)
    for (const state of ['valid', 'private', 'revoked'] as const) {
      t.same(await ask(world, `/b/${world.places[state].slug}`, origin, 'OPTIONS'), before, state)
      const { headers } = await ask(world, `/b/${world.places[state].slug}`, origin)
      t.equal(headers['access-control-allow-origin'], '*')
      t.equal(headers['access-control-allow-credentials'], undefined)
      t.equal(headers['set-cookie'], undefined)
    }
  },
)

t.test(
  'one badge’s addresses cannot be guessed from another, nor one address from the other',
  async (t) => {
    const { places, badges } = await makeWorld(t)
    const parts = Object.values(places).flatMap(({ slug, hosted }) => [slug, hosted])
    const ids = Object.values(badges).map(({ id }) => id)
    t.equal(new Set([...parts, ...ids]).size, parts.length + ids.length)
    for (const part of parts) t.match(part, /^[\w-]{22}$/)
  },
)

t.test('no public answer holds an address, an id or a hidden name of a candidate', async (t) => {
  const world = await makeWorld(t)
  for (const { id } of Object.values(world.badges))
    await change(world, id, 'privacy', { nameDisplay: 'hidden' })
  const internal = Object.values(world.badges).map(({ id }) => id)
  const words = [...secrets.names, ...secrets.ids, ...internal]
  const places = Object.values(world.places)
  const urls = allForms.flatMap((form) =>
    places.map((place) => [addressOf(form, place), form.accept]),
  )
  for (const { route, at = route } of documents) urls.push([at, '*/*'])
  for (const [url = '', accept = ''] of urls) {
    const { headers, bytes } = await ask(world, url, { accept })
    const all = JSON.stringify(headers) + bytes + decoded(bytes)
    const found = words.filter((word) => all.includes(Buffer.from(word).toString('latin1')))
    t.same(found, [], url)
  }
  const listed = documents.map(({ route, at = route }) => ask(world, at))
  const issuers = (await Promise.all(listed)).map(({ bytes }) => bytes).join('')
  for (const { slug, hosted } of places)
    t.notOk(issuers.includes(slug) || issuers.includes(hosted), 'no list names a badge’s page')
})

/** What the middle parts of JWS and JWT say. */
function decoded(bytes: string) {
  const parts = bytes.match(/[\w-]+\.[\w-]{40,}\.[\w-]+/g) ?? []
  return parts
    .map((part) => Buffer.from(part.split('.')[1] ?? '', 'base64url').toString('latin1'))
    .join()
}
