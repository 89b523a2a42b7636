import t from 'tap'
import { canDraw } from '../../src/drawing/can-draw.ts'
import { onEachDatabase } from '../help/databases.ts'
import { decide, openItems } from '../help/review.ts'
import { passEvent, post, type Started, start } from '../help/start.ts'

const named = (fullName: string, more = {}) =>
  passEvent({ candidate: { ...passEvent().candidate, fullName }, ...more })

/** The certificate as an operator asks for it. */
async function certificate({ app, auth, tools }: Started) {
  const { slug } = await tools.db.selectFrom('badge').select('slug').executeTakeFirstOrThrow()
  return app.inject({ url: `/b/${slug}/certificate.pdf`, headers: auth })
}

onEachDatabase(
  t,
  'a name that is right in spite of its looks is released, with a reason, also after it was dismissed',
  async (t, database) => {
    const blazon = await start(t, { database })
    await post(blazon, named('JosÃ©'))
    const [item] = await openItems(blazon)
    const id = item?.id ?? ''
    t.same(item?.actions, ['dismiss', 'release'])
    t.equal((await decide(blazon, id, 'release', { note: ' ' })).status, 422, 'it wants a reason')
    t.match(await decide(blazon, id, 'dismiss'), { status: 200, body: { actions: ['release'] } })
    t.equal((await certificate(blazon)).statusCode, 409)
    t.match(await decide(blazon, id, 'release'), { status: 200, body: { actions: [] } })
    t.equal((await decide(blazon, id, 'release')).status, 200, 'the same again')
    t.equal((await certificate(blazon)).statusCode, 200)
    t.same(await openItems(blazon), [])
    const lines = await blazon.tools.db
      .selectFrom('audit')
      .leftJoin('audit_note', 'audit_note.audit_id', 'audit.id')
      .select(['details', 'note'])
      .where('subject', '=', id)
      .orderBy('audit.id')
      .execute()
    t.match(lines, [
      { details: /dismiss/, note: 'looked at' },
      { details: /release/, note: 'looked at' },
    ])
    await post(blazon, named('JosÃ© Ã¼', { revision: 2 }))
    t.match(await openItems(blazon), [{ kind: 'unprintable-name' }], 'another name is asked about')
    t.equal((await certificate(blazon)).statusCode, 409)
  },
)

onEachDatabase(
  t,
  'a released name that no font has is still withheld, and no decision prints it',
  async (t, database) => {
    const blazon = await start(t, { database })
    await post(blazon, named('JosÃ© 𓀀'))
    const [item] = await openItems(blazon)
    await decide(blazon, item?.id ?? '', 'release')
    t.match(await openItems(blazon), [{ actions: ['dismiss'], facts: { characters: ['U+13000'] } }])
    t.equal((await certificate(blazon)).statusCode, 409)
  },
)

onEachDatabase(
  t,
  'a damaged second spelling is asked about as the full name is',
  async (t, database) => {
    const blazon = await start(t, { database })
    const candidate = { ...passEvent().candidate, fullName: '张伟', latinName: 'JosÃ©' }
    await post(blazon, passEvent({ candidate }))
    t.match(await openItems(blazon), [{ facts: { damage: ['wrong-encoding'] } }])
    t.equal((await certificate(blazon)).statusCode, 409)
    await post(blazon, passEvent({ candidate: { ...candidate, latinName: 'José' }, revision: 2 }))
    t.same(await openItems(blazon), [])
    t.equal((await certificate(blazon)).statusCode, 200)
  },
)

onEachDatabase(
  t,
  'a name that no font has earns its badge all the same, and is asked about by code point until it is corrected',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { status, body } = await post(blazon, named('𓀀 张伟 R\u0335'))
    t.match(
      { status, body },
      { status: 201, body: { result: { state: 'issued' }, badge: { state: 'valid' } } },
    )
    const [item, ...others] = await openItems(blazon)
    t.same(others, [])
    t.match(item, {
      kind: 'unprintable-name',
      resultId: passEvent().resultId,
      actions: ['dismiss'],
      facts: { characters: ['U+13000', 'U+0052 U+0335'] },
      reason: /U\+13000, U\+0052 U\+0335.*withheld/,
    })
    t.notMatch(JSON.stringify(item), /张伟/, 'the name itself is not in it')
    t.match(await post(blazon, named('张伟', { revision: 2 })), { status: 200 })
    t.same(await openItems(blazon), [], 'it settled itself')
    t.equal((await decide(blazon, item?.id ?? '', 'dismiss')).status, 409)
    await post(blazon, named('张伟 𓀁', { revision: 3 }))
    t.match(await openItems(blazon), [{ facts: { characters: ['U+13001'] } }])
  },
)

onEachDatabase(
  t,
  'a correction that came first settles it before it is asked, and who has no badge is not asked about',
  async (t, database) => {
    const blazon = await start(t, { database })
    await post(blazon, named('张伟', { revision: 2 }))
    await post(blazon, named('张伟 𓀀'))
    await post(blazon, named('李秀英 𓀀', { resultId: 'R-2', exam: 'PR000002', outcome: 'failed' }))
    t.same(await openItems(blazon), [])
  },
)

t.test('what can be drawn whole is what certificates and cards are made of', async (t) => {
  t.ok(canDraw('𠮷田 𬀩 䶮 㛃 محمد'))
  t.notOk(canDraw('张伟 𓀀'))
})

onEachDatabase(
  t,
  'a damaged name earns its badge, certificate and card wait, and the queue says what was seen',
  async (t, database) => {
    const blazon = await start(t, { database })
    const sent = await post(blazon, named('JosÃ© \ufffd'))
    t.match(sent, { status: 201, body: { badge: { state: 'valid' } } })
    t.match(await openItems(blazon), [
      {
        kind: 'unprintable-name',
        facts: { damage: ['replacement-character', 'wrong-encoding'], characters: ['U+FFFD'] },
        reason: /damaged on its way here.*wrong table.*withheld/,
      },
    ])
    t.equal((await certificate(blazon)).statusCode, 409)
    await post(blazon, named('José', { revision: 2 }))
    t.same(await openItems(blazon), [])
    t.equal((await certificate(blazon)).statusCode, 200)
  },
)

t.test('a name is kept composed, whatever form it came in', async (t) => {
  const blazon = await start(t)
  await post(blazon, named('Jose\u0301 '))
  const { full_name } = await blazon.tools.db
    .selectFrom('badge')
    .select('full_name')
    .executeTakeFirstOrThrow()
  t.equal(full_name, 'Jos\u00e9')
})
