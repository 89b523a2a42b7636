import t, { type Test } from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { addressOf, ask } from './compare.ts'
import { documents, mailed, notPublic, others, ownersOnly, profiles } from './documents.ts'
import {
  hiddenStates,
  makeWorld,
  malformed,
  type ShownState,
  shownStates,
  unknown,
  type World,
} from './states.ts'
import { allForms, type Cell, type Form, forms, type Picture } from './table.ts'

type Visitor = keyof World['visitors']
const [anonymous, ...keyed]: Visitor[] = ['anonymous', 'a wrong key', 'a key without badges:read']
const hidden = Object.entries(hiddenStates) as [keyof typeof hiddenStates, ShownState][]

for (const [who, strangers, to] of [
  ['the public', [anonymous], t],
  ['a key that may not read it', keyed, rest(t)],
] as [string, Visitor[], Test][])
  await onEachDatabase(
    to,
    `a badge answers as its state and its settings say: to ${who}`,
    async (t, database) => {
      const world = await makeWorld(t, database)
      for (const visitor of strangers)
        for (const form of forms)
          for (const state of shownStates)
            await checkCell(t, world, { form, state, visitor, cell: form.public[state] })
      await t.test('and may not be known of, is byte for byte an unknown address', (t) =>
        hiddenIsUnknown(t as Test, world, strangers),
      )
    },
  )

await onEachDatabase(
  t,
  'a badge answers as its state says: to an operator, who sees what the owner sees, whatever is hidden',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const visitor = 'an operator'
    for (const form of allForms) {
      const owner = { ...form.public, ...form.owner }
      const states = [...shownStates.map((state) => [state, state] as const), ...hidden]
      for (const [state, like] of states)
        await checkCell(t, world, { form, state, visitor, cell: owner[like] })
    }
  },
)

async function hiddenIsUnknown(t: Test, world: World, strangers: Visitor[]) {
  for (const form of allForms) {
    const none = await ask(world, addressOf(form, unknown), { accept: form.accept })
    checkNotConfirmed(t, form, none)
    for (const visitor of strangers) {
      const headers = { accept: form.accept, ...world.visitors[visitor] }
      for (const [state] of hidden)
        t.same(
          await ask(world, addressOf(form, world.places[state]), headers),
          none,
          `${form.form}, ${state}, ${visitor}`,
        )
    }
    for (const visitor of [...strangers, 'an operator'] as const)
      for (const [what, place] of Object.entries(malformed)) {
        const headers = { accept: form.accept, ...world.visitors[visitor] }
        t.same(
          await ask(world, addressOf(form, place), headers),
          none,
          `${form.form}, ${what}, ${visitor}`,
        )
      }
  }
}

rest(t).test('no method and no Accept tells a hidden badge from an unknown one', async (t) => {
  const world = await makeWorld(t)
  const accepts = [
    '',
    '*/*',
    'text/html',
    'application/json',
    'text/html;q=0.1, a/b;q=x, application/ld+json',
    ';',
  ]
  const states = ['private', 'private and revoked', 'behind a link'] as const
  for (const [route, form] of new Map(allForms.map((each) => [each.route, each])))
    for (const accept of accepts)
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST'] as const) {
        const at = (place: typeof unknown) => ask(world, addressOf(form, place), { accept }, method)
        const none = await at(unknown)
        for (const state of states)
          t.same(await at(world.places[state]), none, `${method} ${route} with ${accept}, ${state}`)
      }
})

rest(t).test('HEAD has the headers of GET, in every state', async (t) => {
  const world = await makeWorld(t)
  for (const form of allForms)
    for (const place of [...Object.values(world.places), unknown]) {
      const got = await ask(world, addressOf(form, place), { accept: form.accept })
      const head = await ask(world, addressOf(form, place), { accept: form.accept }, 'HEAD')
      t.same(head, { ...got, bytes: '' }, addressOf(form, place))
    }
})

t.test('documents of the issuer answer everybody alike', async (t) => {
  const world = await makeWorld(t)
  const assets = world.routes.filter(
    ({ method, url }) => method === 'GET' && url.startsWith('/assets/'),
  )
  t.ok(assets.length > 2)
  const kept = 'public, max-age=31536000, immutable'
  const all = [
    ...documents,
    ...assets.map(({ url }) => ({
      route: url,
      at: url,
      type: types[url.split('.').at(-1) ?? ''] ?? 'font/woff2',
      keeps: kept,
    })),
  ]
  for (const { route, at = route, type, keeps } of all) {
    const open = await ask(world, at)
    t.equal(open.statusCode, 200, at)
    t.equal(open.headers['content-type'], type, at)
    t.equal(open.headers['cache-control'], keeps, at)
    for (const [visitor, headers] of Object.entries(world.visitors))
      t.equal((await ask(world, at, headers)).bytes, open.bytes, `${at}, ${visitor}`)
    t.same(await ask(world, at, {}, 'HEAD'), { ...open, bytes: '' }, `HEAD ${at}`)
  }
})

t.test('every route is in the table, or needs a key', async (t) => {
  const { app, routes } = await makeWorld(t)
  t.ok(routes.length > 40, 'the routes are collected from the app itself')
  const known = new Set(
    [...allForms, ...documents].map(({ route }) => route).concat(others, profiles),
  )
  for (const { method, url } of routes.filter(({ url }) => !known.has(url))) {
    if (url.startsWith('/assets/') || mailed.test(url)) continue
    if (ownersOnly.test(url)) {
      const led = await app.inject({ method: method as 'GET', url })
      t.same([led.statusCode, led.headers.location], [303, '/sign-in'], `${method} ${url}`)
      continue
    }
    t.match(url, notPublic, `${method} ${url} is neither in the table nor an operator’s`)
    const at = url.replace(':id', '00000000-0000-4000-8000-000000000000')
    const answer = await app.inject({ method: method as 'GET', url: at })
    t.equal(answer.statusCode, 401, `${method} ${url} without a key`)
  }
})

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
}

type Check = { form: Form; state: keyof World['places']; visitor: Visitor; cell: Cell }

async function checkCell(t: Test, world: World, { form, state, visitor, cell }: Check) {
  const headers = { accept: form.accept, ...world.visitors[visitor] }
  const answer = await ask(world, addressOf(form, world.places[state]), headers)
  const what = `${form.form}, ${state}, ${visitor}`
  if (cell === 'hidden') {
    t.same(answer, await ask(world, addressOf(form, unknown), headers), what)
    return
  }
  const [status, holds] = cell
  const credentials = 'authorization' in world.visitors[visitor]
  t.equal(answer.statusCode, status, what)
  t.equal(answer.headers['content-type'], holds === 'revoked' ? 'image/png' : form.type, what)
  t.equal(answer.headers['cache-control'], credentials ? 'private, no-store' : 'no-cache', what)
  t.equal(
    answer.headers.etag === undefined,
    credentials,
    `${what}: an ETag only where it may be kept`,
  )
  const language = String(answer.headers['content-type']).startsWith('text/html')
  const vary = `${language ? 'Accept-Language, ' : ''}Accept, Authorization, Cookie`
  t.equal(answer.headers.vary, vary, what)
  t.equal(answer.headers['last-modified'], undefined, what)
  if (holds instanceof RegExp) t.ok(holds.test(answer.bytes), `${what} holds ${holds}`)
  else t.equal(answer.bytes, (await pictureOf(world, holds, form.size)).toString('latin1'), what)
}

function pictureOf({ tools }: World, picture: Picture, size?: number) {
  const version = tools.programmes.current()
  if (picture === 'revoked') return tools.pictures.revoked(size)
  if (picture === 'plain') return tools.pictures.plain(version, 'practitioner', size)
  return tools.pictures.withRibbon(version, 'practitioner', picture, size)
}

function checkNotConfirmed(t: Test, form: Form, none: Awaited<ReturnType<typeof ask>>) {
  t.equal(none.statusCode, 404, form.form)
  t.ok(String(none.headers['content-type']).startsWith(form.hidden), form.form)
  t.equal(none.headers['cache-control'], 'no-store', form.form)
  t.equal(none.headers.etag, undefined, form.form)
  if (form.hidden !== 'image/png')
    t.match(
      none.bytes,
      'We cannot confirm a badge at this address. It may be private, removed, or never have existed. Treat it as not verified.',
    )
}
