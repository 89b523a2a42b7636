import t, { type Test } from 'tap'
import { createApiKey } from '../../src/actions/operating/create-api-key.ts'
import { endApiKey, findKeyToEnd, rotateApiKey } from '../../src/actions/operating/end-api-key.ts'
import { command } from '../help/command.ts'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { clockAt, get, type Started, settingsOf, start } from '../help/start.ts'

const idOf = (key: string) => key.split('_')[1] ?? ''
const asks = async (blazon: Started, key: string) =>
  (await get(blazon, '/v1/badges', { authorization: `Bearer ${key}` })).statusCode

onEachDatabase(
  t,
  'a key that is revoked or rotated stops at once in every process; a name that several have is told with their ids',
  async (t, database) => {
    const blazon = await start(t, { database })
    const other = await start(t, { database })
    const { tools } = blazon
    const wish = { name: 'exams', scopes: ['badges:read' as const] }
    const [one, two] = [await createApiKey(tools, wish), await createApiKey(other.tools, wish)]
    t.same([await asks(other, one), await asks(blazon, two)], [200, 200])
    await t.rejects(findKeyToEnd(tools, 'exams'), {
      message: new RegExp(`${idOf(one)}|${idOf(two)}`),
    })
    await t.rejects(findKeyToEnd(tools, 'nothing'), {
      message: /There is no unrevoked API key nothing/,
    })
    await endApiKey(tools, idOf(one))
    await endApiKey(tools, idOf(one))
    t.same([await asks(blazon, one), await asks(other, one)], [401, 401])
    const { id } = await findKeyToEnd(tools, 'exams')
    const three = await rotateApiKey(tools, { id, expiresAt: '2026-12-22T04:00:00.000Z' })
    t.same([await asks(other, two), await asks(other, three)], [401, 200])
    await t.rejects(rotateApiKey(tools, { id }), { message: /was revoked already/ })
    const lines = await tools.db
      .selectFrom('audit')
      .select(['action', 'subject'])
      .where('subject', 'in', [one, two, three].map(idOf))
      .orderBy('id')
      .execute()
    t.same(
      lines.map(({ action, subject }) => [action, subject]),
      [
        ['api-key.created', idOf(one)],
        ['api-key.created', idOf(two)],
        ['api-key.revoked', idOf(one)],
        ['api-key.revoked', idOf(two)],
        ['api-key.created', idOf(three)],
        ['api-key.rotated', idOf(two)],
      ],
    )
  },
)

rest(t).test('api-key -- list, revoke and rotate: ask first, show no key again', async (t) => {
  const database = await sqliteDatabase(t as Test)
  const blazon = await start(t as Test, { database })
  const key = await createApiKey(blazon.tools, { name: 'exams', scopes: ['badges:read'] })
  const run = (...args: string[]) => command('commands/api-key.ts', args, settingsOf(database.url))
  t.match(await run('revoke', 'exams'), { code: 1, err: /stop at once.*add --yes/ })
  t.equal(await asks(blazon, key), 200, 'nothing was changed')
  const rotated = await run('rotate', 'exams', '--expires', '90d', '--yes')
  const next = rotated.out.trimEnd().split('\n').at(-1) ?? ''
  t.same([await asks(blazon, key), await asks(blazon, next)], [401, 200])
  const { out } = await run('list')
  t.match(out, new RegExp(`${idOf(key)}  revoked  exams: badges:read`))
  t.match(
    out,
    new RegExp(`${idOf(next)}  active   exams: badges:read\n.*until .*, last used 2026-11-22`),
  )
  t.notOk([key, next].some((each) => out.includes(each)))
  t.match(await run('revoke', 'exams', '--yes'), { code: 0, out: /is revoked/ })
  t.equal(await asks(blazon, next), 401)
})

onEachDatabase(
  t,
  'a key runs out to the second, its last use is noted once a day, and nothing is noted of a wrong or ended one',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const blazon = await start(t, { database, clock })
    const wish = { name: 'short', scopes: ['badges:read' as const] }
    const key = await createApiKey(blazon.tools, { ...wish, expiresAt: '2026-11-24T04:00:00.000Z' })
    const id = key.split('_')[1] ?? ''
    const used = async () => {
      // The request does not wait for the note.
      await new Promise((done) => setTimeout(done, 200))
      const { db } = blazon.tools
      const row = await db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirst()
      return row?.last_used_on
    }
    t.equal(await asks(blazon, `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`), 401)
    t.equal(await used(), null)
    t.same([await asks(blazon, key), await used()], [200, '2026-11-22'])
    clock.set('2026-11-23T23:59:59.999Z')
    t.same([await asks(blazon, key), await used()], [200, '2026-11-23'])
    clock.set('2026-11-24T03:59:59.999Z')
    t.equal(await asks(blazon, key), 200)
    clock.set('2026-11-25T04:00:00.000Z')
    t.same([await asks(blazon, key), await used()], [401, '2026-11-24'])
  },
)
