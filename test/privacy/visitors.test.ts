import type { Test } from 'tap'
import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { addressOf, ask, asking } from './compare.ts'
import { cookie, hidden, owned, safari, sessions, share } from './secrets.ts'
import {
  makeWorld,
  type ShownState,
  type State,
  secrets,
  shownStates,
  unknown,
  type World,
} from './states.ts'
import { type Cell, type Form, forms, isOwners } from './table.ts'

type Asked = { form: Form; state: State; headers?: Record<string, string>; query?: string }

const at = (world: World, { form, state, headers = {}, query = '' }: Asked) =>
  ask(world, asking(addressOf(form, world.places[state]), query), {
    accept: form.accept,
    ...headers,
  })

/** A visitor with secrets that open nothing: the public's bytes, and nobody keeps the answer. */
async function isPublic(t: Test, world: World, asked: Asked, what: string) {
  const { form, state } = asked
  if (form.public[state as ShownState] === 'hidden') return isNothing(t, world, asked, what)
  const open = await at(world, { ...asked, headers: {}, query: '' })
  const found = await at(world, asked)
  t.same([found.statusCode, found.bytes], [open.statusCode, open.bytes], what)
  t.equal(found.headers['cache-control'], 'private, no-store', what)
  t.equal(found.headers.etag, undefined, what)
}

async function isNothing(t: Test, world: World, asked: Asked, what: string) {
  const { form } = asked
  const none = await ask(world, addressOf(form, unknown), { accept: form.accept })
  t.same(await at(world, asked), none, what)
}

async function holds(t: Test, world: World, asked: Asked, cell: Cell, what: string) {
  if (cell === 'hidden') {
    await isNothing(t, world, asked, what)
    return at(world, asked)
  }
  const [status, contents] = cell
  const found = await at(world, asked)
  t.equal(found.statusCode, status, what)
  t.equal(found.headers['cache-control'], 'private, no-store', what)
  t.equal(found.headers.etag, undefined, what)
  if (contents instanceof RegExp) t.ok(contents.test(found.bytes), `${what} holds ${contents}`)
  return found
}

await onEachDatabase(t, 'a session shows its owner what is their own', async (t, database) => {
  const world = await makeWorld(t, database)
  const headers = cookie((await sessions(world)).owner)
  for (const form of forms)
    for (const [state, like] of owned) {
      const cell = { ...form.public, ...form.owner }[like]
      await holds(t, world, { form, state, headers }, cell, `owner, ${form.form}, ${state}`)
    }
})

const others = {
  'another candidate': async (world: World) => cookie((await sessions(world)).other),
  'a session of nobody’s': async () => cookie('A'.repeat(43)),
  'the owner’s secret in another browser': async (world: World) =>
    cookie((await sessions(world)).owner, safari),
}
for (const [who, session] of Object.entries(others))
  await onEachDatabase(
    who === 'another candidate' ? t : rest(t),
    `a session shows nothing that is not its own: ${who}`,
    async (t, database) => {
      const world = await makeWorld(t, database)
      const headers = await session(world)
      for (const form of forms) {
        const check = isOwners(form) ? isNothing : isPublic
        for (const state of shownStates)
          await check(t, world, { form, state, headers }, `${form.form}, ${state}`)
        for (const [state] of hidden)
          await isNothing(t, world, { form, state, headers }, `${form.form}, ${state}`)
      }
    },
  )

await onEachDatabase(
  rest(t),
  'a share link that is over, or another’s, shows nothing',
  async (t, database) => {
    const world = await makeWorld(t, database)
    for (const [state] of owned) {
      const queries = {
        'run out': await share(world, state, { expiresAt: '2026-11-22T03:59:59.000Z' }),
        'used up': await share(world, state, { viewLimit: 2, views: 2 }),
        'another badge’s': await share(world, state === 'valid' ? 'expired' : 'valid'),
        'nobody’s': 'A'.repeat(43),
        empty: '',
        twice: 'x&share=y',
      }
      const isShown = (shownStates as readonly string[]).includes(state)
      for (const [what, secret] of Object.entries(queries))
        for (const form of forms) {
          const asked = { form, state, query: `?share=${secret}` }
          const check = isShown && !isOwners(form) ? isPublic : isNothing
          await check(t, world, asked, `${what}, ${form.form}, ${state}`)
        }
    }
  },
)

await onEachDatabase(
  t,
  'a live share link shows its badge, as far as its holder said',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const linked = { 'behind a link': 'valid', 'behind a link and revoked': 'revoked' } as const
    for (const withFiles of [true, false])
      for (const form of forms) {
        const isFile = !/page|JSON by|picture/.test(form.form)
        const isHosted = form.route.startsWith('/ob2/') || form.forNetworks
        for (const [state, like] of hidden) {
          const asked = { form, state, query: `?share=${await share(world, state, { withFiles })}` }
          const what = `${withFiles ? 'with' : 'without'} files, ${form.form}, ${state}`
          if (!(state in linked) || isHosted || isOwners(form) || (isFile && !withFiles)) {
            await isNothing(t, world, asked, what)
            continue
          }
          const found = await holds(t, world, asked, form.public[like], what)
          for (const name of secrets.names) t.notOk(found.bytes.includes(name), `${what}: no name`)
        }
      }
    const secret = await share(world, 'behind a link', { withName: true })
    const [page] = forms as [Form]
    const named = await at(world, { form: page, state: 'behind a link', query: `?share=${secret}` })
    t.match(named.headers['x-robots-tag'], 'noindex')
    t.equal(named.headers.link, undefined)
    t.ok(
      Buffer.from(named.bytes, 'latin1').toString().includes('王小明'),
      'the name, since its holder said so',
    )
  },
)

await onEachDatabase(
  t,
  'of many who come at once, only as many see a badge as its link allows',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const query = `?share=${await share(world, 'behind a link', { viewLimit: 3 })}`
    const [form] = forms as [Form]
    const state = 'behind a link' as const
    const seen = await Promise.all(
      Array.from({ length: 12 }, () => at(world, { form, state, query })),
    )
    t.equal(seen.filter(({ statusCode }) => statusCode === 200).length, 3)
    const picture = forms.find((each) => each.form === 'picture.png') as Form
    t.equal(
      (await at(world, { form: picture, state, query })).statusCode,
      200,
      'the last page has its picture',
    )
    world.clock.set('2026-11-22T04:11:00.000Z')
    await isNothing(t, world, { form: picture, state, query }, 'ten minutes later it is over')
  },
)
