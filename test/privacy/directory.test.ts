import t, { type Test } from 'tap'
import { changeBadge } from '../../src/actions/support/change-badge.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { owner, profile } from '../help/profile.ts'
import { change } from '../help/start.ts'
import { asTx } from '../help/transaction.ts'
import { ask } from './compare.ts'
import { makeWorld, type State, secrets, type World } from './states.ts'

const lists = ['/directory', '/directory/feed.json', '/sitemap.xml', '/sitemaps/badges-1.xml']
const slugs = (text: string) => new Set(text.match(/(?<=\/b\/)[\w-]{22}/g))
const bytesOf = (text: string) => Buffer.from(text).toString('latin1')

/** A world in which every badge is on record as let be found, also where no way of ours leads to that. */
async function scene(t: Test, database: Database) {
  const world = await makeWorld(t, database)
  for (const { id } of Object.values(world.badges))
    await changeBadge(asTx(world.tools.db), id, { discoverable: true })
  return world
}

async function listed(world: World, list: string) {
  const { statusCode, bytes } = await ask(world, list)
  return statusCode === 404 ? new Set() : slugs(bytes)
}

onEachDatabase(
  t,
  'directory, feed and sitemap have what is public, valid and let be found, and nothing else of any state, to anybody',
  async (t, database) => {
    const world = await scene(t, database)
    const { valid } = world.places
    for (const list of lists)
      for (const [who, headers] of Object.entries(world.visitors)) {
        const { bytes, headers: said } = await ask(world, list, headers)
        t.same(slugs(bytes), new Set([valid.slug]), `${list}, ${who}`)
        const secret = [
          ...secrets.ids,
          'Wilhelmina',
          ...Object.values(world.badges).map(({ id }) => id),
        ]
        t.same(
          secret.filter((word) => bytes.includes(word)),
          [],
          `${list}: no id, no name but the one shown`,
        )
        t.notOk(bytes.includes(world.badges.valid.certificationNumber), `${list}: no number`)
        t.equal(said['last-modified'], undefined)
      }
    for (const state of Object.keys(world.badges).filter((each) => each !== 'valid') as State[])
      t.notOk(
        (await ask(world, '/directory?q=%E7%8E%8B')).bytes.includes(world.places[state].slug),
        state,
      )
  },
)

onEachDatabase(
  t,
  'whatever takes a badge from the public takes it from every list at once; it comes back when somebody lets it be found again',
  async (t, database) => {
    const world = await scene(t, database)
    const { id } = world.badges.valid
    const all = async (there: boolean, why: string) => {
      for (const list of lists)
        t.equal((await listed(world, list)).has(world.places.valid.slug), there, `${list}: ${why}`)
      const found = await ask(world, '/directory?q=%E7%8E%8B%E5%B0%8F')
      t.equal(slugs(found.bytes).has(world.places.valid.slug), there, `by its name: ${why}`)
    }
    await all(true, 'at first')
    const steps = [
      [{ visibility: 'private' }, { visibility: 'public', discoverable: true }],
      [{ visibility: 'link' }, { visibility: 'public', discoverable: true }],
      [{ discoverable: false }, { discoverable: true }],
    ]
    for (const [off, on] of steps) {
      const kept = String((await ask(world, '/directory')).headers.etag)
      await change(world, id, 'privacy', off)
      await all(false, JSON.stringify(off))
      const again = await ask(world, '/directory', { 'if-none-match': kept })
      t.equal(again.statusCode, 200, 'a kept page is told to be old')
      await change(world, id, 'privacy', { visibility: 'public' })
      await all(false, 'public again, and not yet let be found')
      await change(world, id, 'privacy', on)
      await all(true, JSON.stringify(on))
    }
    await change(world, id, 'suspend')
    await all(false, 'under review')
    await change(world, id, 'reinstate')
    await all(true, 'reinstated')
    world.clock.set('2028-11-22T15:59:58.000Z')
    await all(true, 'on its last day')
    world.clock.set('2028-11-22T16:00:00.000Z')
    await all(false, 'expired by the clock, with no job run')
    world.clock.set('2026-11-22T04:00:00.000Z')
    await change(world, id, 'revoke', { class: 'withdrawn' })
    await all(false, 'revoked')
  },
)

onEachDatabase(
  t,
  'nobody is found by a name that is not shown, nor by an e-mail address, a number or an id',
  async (t, database) => {
    const world = await scene(t, database)
    const { id, certificationNumber } = world.badges.valid
    const find = async (text: string) =>
      (await listed(world, `/directory?q=${encodeURIComponent(text)}`)).has(world.places.valid.slug)
    const never = [
      ...secrets.ids,
      'secret.address.1@example.com',
      'secret',
      'example.com',
      certificationNumber,
      certificationNumber.slice(0, 8),
      id,
      world.places.valid.slug,
      'PR000001',
    ]
    const names = {
      full: ['王小明', '小明', '明'],
      initials: ['w v', 'W. V.', 'v. w.'],
      hidden: [],
    } as const
    const every = [...Object.values(names).flat(), 'Wilhelmina', 'Vandersloot', 'wilh']
    for (const [nameDisplay, found] of Object.entries(names)) {
      await change(world, id, 'privacy', { nameDisplay })
      for (const text of [...every, ...never])
        t.equal(
          await find(text),
          (found as readonly string[]).includes(text),
          `${nameDisplay}: ${text}`,
        )
      t.ok(await find('practitioner'), 'by its certification')
      const { bytes } = await ask(world, '/directory')
      t.equal(bytes.includes(bytesOf('王小明')), nameDisplay === 'full')
    }
  },
)

onEachDatabase(
  t,
  'the sitemap has a profile only if it is shown and its owner lets people find it',
  async (t, database) => {
    const world = await scene(t, database)
    const { accountId } = await owner(world, 'secret.address.1@example.com')
    const has = async () => (await ask(world, '/sitemap.xml')).bytes.includes('/u/wilhelmina<')
    await profile(world, accountId)
    t.notOk(await has(), 'shown, and not to be found')
    await profile(world, accountId, { discoverable: true })
    t.ok(await has())
    await profile(world, accountId, { discoverable: true, shown: false })
    t.notOk(await has(), 'switched off')
  },
)
