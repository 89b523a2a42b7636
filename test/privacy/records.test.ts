import { sql } from 'kysely'
import t from 'tap'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { change, passEvent, post, type Started, start } from '../help/start.ts'
import { addressOf, ask } from './compare.ts'
import { makeWorld, type State, secrets } from './states.ts'
import { allForms } from './table.ts'

type Line = { actor: string; action: string; subject: string; details: string }

async function audit({ tools }: Started): Promise<Line[]> {
  const columns = ['actor', 'action', 'subject', 'details'] as const
  return tools.db.selectFrom('audit').select(columns).orderBy('id').execute()
}

/** The lines that some work adds to the audit log. */
async function added(started: Started, work: () => Promise<unknown>): Promise<Line[]> {
  const before = (await audit(started)).length
  await work()
  return (await audit(started)).slice(before)
}

await onEachDatabase(
  t,
  'every change that an operator makes is on the audit log:',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const { id } = world.badges.unclaimed
    const actor = `api-key:${world.key.split('_')[1]}`
    const changes = [
      ['privacy', 'badge.privacy', { visibility: 'public' }, { visibility: 'public' }],
      ['suspend', 'badge.suspended', { note: 'a note' }, {}],
      ['reinstate', 'badge.reinstated', {}, {}],
      ['revoke', 'badge.revoked', { class: 'corrected' }, { class: 'corrected' }],
    ] as const
    for (const [verb, action, payload, details] of changes) {
      const lines = await added(world, () => change(world, id, verb, payload))
      t.same(
        lines.map(({ details: _, ...line }) => line),
        [{ actor, action, subject: id }],
        verb,
      )
      t.same(JSON.parse(lines[0]?.details ?? ''), details, verb)
    }
    const again = await added(world, () => change(world, id, 'revoke', { class: 'corrected' }))
    t.same(again, [], 'asking again changes nothing and adds nothing')
  },
)

await onEachDatabase(t, 'every look of an operator is on the audit log:', async (t, database) => {
  const world = await makeWorld(t, database)
  const { id } = world.badges.private
  const look = (url: string, headers: Record<string, string>) =>
    added(world, () => world.app.inject({ url, headers }))
  for (const url of [
    `/v1/badges/${id}`,
    ...allForms.map((form) => addressOf(form, world.places.private)),
  ]) {
    const lines = await look(url, world.auth)
    t.same(
      lines.map(({ action, subject }) => [action, subject]),
      [['badge.read', id]],
      url,
    )
  }
  for (const [state, badge] of Object.entries(world.badges))
    for (const query of ['', '?check=now', '?check=now&lang=zh-CN', '?share=none&check=now'])
      for (const accept of ['text/html', 'application/json', 'application/ld+json'])
        t.same(
          (
            await look(`/b/${world.places[state as State].slug}${query}`, { ...world.auth, accept })
          ).map(({ action, subject }) => [action, subject]),
          [['badge.read', badge.id]],
          `one look, one line: ${state}, ${query}, ${accept}`,
        )
  const [list] = await look('/v1/badges?limit=2', world.auth)
  t.equal(list?.action, 'badge.list')
  for (const visitor of ['anonymous', 'a wrong key', 'a key without badges:read'] as const)
    for (const form of allForms)
      t.same(
        await look(addressOf(form, world.places.valid), world.visitors[visitor]),
        [],
        `${form.form}, ${visitor}`,
      )
})

await onEachDatabase(t, 'the audit log cannot be rewritten:', async (t, database: Database) => {
  const world = await makeWorld(t, database)
  const before = await audit(world)
  const [first] = await world.tools.db.selectFrom('audit').select('id').orderBy('id').execute()
  const row = `values (${first?.id}, 'a', 'b', 'c', 'd', 'e')`
  const columns = '(id, at, actor, action, subject, details)'
  const attempts = [
    "update audit set actor = 'nobody'",
    'update audit set actor = actor where 1 = 0 or id > 0',
    'delete from audit',
    ...(database.name === 'SQLite'
      ? [`insert or replace into audit ${columns} ${row}`, `replace into audit ${columns} ${row}`]
      : [
          'truncate audit cascade',
          `insert into audit ${columns} overriding system value ${row} on conflict (id) do update set actor = 'nobody'`,
        ]),
  ]
  for (const attempt of attempts)
    await t.rejects(sql.raw(attempt).execute(world.tools.db), /append-only/, attempt)
  t.same(await audit(world), before)
})

await onEachDatabase(t, 'the log tells nothing about people or addresses,', async (t, database) => {
  const world = await makeWorld(t, database)
  for (const form of allForms)
    for (const place of Object.values(world.places))
      await ask(world, addressOf(form, place), {
        accept: form.accept,
        referer: 'https://a.example/',
      })
  const candidate = { id: 'C-secret-x', fullName: '王小明', email: 'secret.address@example.com' }
  await post(world, passEvent({ resultId: 'R-secret-x', exam: 'PR999999', candidate }))
  await post(world, passEvent({ resultId: 'R-secret-y', candidate: { ...candidate, email: 1 } }))
  await world.app.inject({
    method: 'POST',
    url: '/v1/exam-results',
    headers: { ...world.auth, 'content-type': 'application/json' },
    payload: '{"fullName":"Wilhelmina',
  })
  world.tools.keyring = {
    ...world.tools.keyring,
    sign: () => {
      throw new Error('the key is lost')
    },
  }
  const unsigned = await post(world, passEvent({ resultId: 'R-secret-z', candidate }))
  t.equal(unsigned.status, 202, 'a badge that could not be signed waits')
  const log = world.log.join('')
  t.match(log, 'the key is lost', 'and the log says so')
  const places = Object.values(world.places)
  const slugs = places.flatMap(({ slug, hosted, credential }) => [slug, hosted, credential])
  t.same(
    [...secrets.names, ...secrets.ids, ...slugs, world.key].filter((word) => log.includes(word)),
    [],
  )
})

t.test('the audit log holds internal ids only', async (t) => {
  const world = await makeWorld(t)
  const all = JSON.stringify(await audit(world))
  t.same(
    [...secrets.names, ...secrets.ids].filter((word) => all.includes(word)),
    [],
  )
})

rest(t).test('API keys are kept as hashes only', async (t) => {
  const world = await start(t)
  const rows = await world.tools.db.selectFrom('api_key').selectAll().execute()
  t.notOk(JSON.stringify(rows).includes(world.key.split('_')[2] ?? ''))
})
