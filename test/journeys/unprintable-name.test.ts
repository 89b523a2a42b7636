import t from 'tap'
import { canDraw } from '../../src/drawing/can-draw.ts'
import { onEachDatabase } from '../help/databases.ts'
import { decide, openItems } from '../help/review.ts'
import { passEvent, post, start } from '../help/start.ts'

const named = (fullName: string, more = {}) =>
  passEvent({ candidate: { ...passEvent().candidate, fullName }, ...more })

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
