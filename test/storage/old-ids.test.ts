import t from 'tap'
import { reconcilePerson } from '../../src/actions/judging/reconcile-person.ts'
import { bodyText } from '../../src/storage/results/results.ts'
import { onEachDatabase } from '../help/databases.ts'
import { openItems } from '../help/review.ts'
import { get, passEvent, post, type Started } from '../help/start.ts'
import { asTxTools } from '../help/transaction.ts'
import { before, count, keepOld, message, person, spellings, upgrade } from './old-version.ts'

async function idsIn({ tools: { db } }: Started) {
  const results = await db
    .selectFrom('result')
    .select(['result_id', 'candidate_id', 'exam', 'word', bodyText])
    .execute()
  const messages = await db.selectFrom('result_message').selectAll().execute()
  const badges = await db.selectFrom('badge').select(['result_id', 'candidate_id']).execute()
  const candidates = await db.selectFrom('candidate').select('candidate_id').execute()
  const bodies = [...results, ...messages].map(({ body }) => JSON.parse(body))
  return [
    ...[...results, ...messages, ...badges].map((row) => row.result_id),
    ...[...results, ...badges, ...candidates].map((row) => row.candidate_id),
    ...results.map(({ exam }) => exam),
    ...[...bodies, ...results.flatMap(({ word }) => (word ? [JSON.parse(word)] : []))].flatMap(
      ({ resultId, exam, candidate }) => [resultId, exam, candidate.id],
    ),
  ]
}

onEachDatabase(
  t,
  'what was kept under ids of any spelling is found by what is sent again in any spelling',
  async (t, database) => {
    const old = await before(t, database)
    const made: string[] = []
    for (const [at, spell] of spellings.entries()) {
      const { badge } = await keepOld(old, message(at, spell))
      made.push(badge?.id ?? '')
      const birthDate = '1990-01-02'
      const changes = { outcome: 'failed', exam: 'PR000003', startedAt: undefined }
      const candidate = { ...person(at), id: spell(person(at).id), birthDate }
      await keepOld(old, { ...changes, resultId: spell(`Rö-${at}`), candidate })
    }
    const counted = await count(old.tools.db)
    const blazon = await upgrade(t, database, old)
    const { db } = blazon.tools
    for (const id of await idsIn(blazon)) t.equal(id, id.trim().normalize('NFC'))
    t.same(await count(db), counted)
    for (const [at, id] of made.entries()) {
      for (const spell of spellings) {
        const again = await post(blazon, passEvent(message(at, spell)))
        t.match(again, { status: 200, body: { badge: { id, state: 'valid' } } })
        const line = passEvent(message(at, spell, { revision: undefined }))
        const file = await blazon.app.inject({
          method: 'POST',
          url: '/v1/exam-results',
          headers: {
            accept: 'application/json',
            ...blazon.auth,
            'content-type': 'application/x-ndjson',
          },
          payload: `${JSON.stringify(line)}\n`,
        })
        t.match(file.json(), { rows: [{ resultId: `Ré-${at}` }] })
      }
      const { slug } = await db
        .selectFrom('badge')
        .select('slug')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      await blazon.app.inject({
        method: 'PUT',
        url: `/v1/badges/${id}/privacy`,
        headers: blazon.auth,
        payload: { visibility: 'public' },
      })
      const { body } = await get(blazon, `/b/${slug}/credential.json`)
      const verdict = await blazon.app.inject({
        method: 'POST',
        url: '/v1/verify',
        headers: { 'content-type': 'application/json' },
        payload: body,
      })
      t.equal(verdict.json().verdict, 'valid')
    }
    t.same(await count(db), counted, 'nothing was kept a second time')
    const failed = message(3, (id) => ` ${id}`, { revision: 2, outcome: 'failed' })
    t.match(await post(blazon, passEvent(failed)), {
      body: { badge: { id: made[3], state: 'revoked' } },
    })
  },
)

onEachDatabase(
  t,
  'a result that waited for its exam because of a space is judged again',
  async (t, database) => {
    const old = await before(t, database)
    const parked = await keepOld(old, { exam: 'PR000001 ' })
    t.match(parked, { result: { state: 'parked' } })
    const blazon = await upgrade(t, database, old)
    t.match(await post(blazon, passEvent()), { status: 200, body: { badge: { state: 'valid' } } })
    t.same(await openItems(blazon), [])
  },
)

onEachDatabase(
  t,
  'where ids become the same nothing is merged, and what is sent again mints nothing',
  async (t, database) => {
    const old = await before(t, database)
    const [plain, , trailing, , decomposed] = spellings
    const failed = { outcome: 'failed', startedAt: undefined }
    // The normal one is there; another has no normal one, and only the second of its spellings has a badge.
    await keepOld(old, message(1, plain as never))
    await keepOld(old, message(1, trailing as never, failed))
    await keepOld(old, message(2, decomposed as never, failed))
    const { badge } = await keepOld(old, message(2, trailing as never))
    const counted = await count(old.tools.db)
    const all = await old.tools.db.selectFrom('result').select(['result_id', 'state']).execute()
    const blazon = await upgrade(t, database, old)
    const { db } = blazon.tools
    t.same(await count(db), counted)
    const rows = await db.selectFrom('result').select(['result_id', 'state']).execute()
    t.same(
      rows.map(({ result_id }) => result_id).toSorted(),
      ['Re\u0301-2', 'Ré-1', 'Ré-1 ', 'Ré-2'].toSorted(),
    )
    t.same(rows.map(({ state }) => state).toSorted(), all.map(({ state }) => state).toSorted())
    for (const spell of spellings) {
      t.match(await post(blazon, passEvent(message(1, spell))), { status: 200 })
      t.match(await post(blazon, passEvent(message(2, spell))), {
        status: 200,
        body: { badge: { id: badge?.id } },
      })
      t.equal((await post(blazon, passEvent(message(1, spell, failed)))).status, 409)
    }
    t.same(await count(db), counted)
    for (const { id } of await db.selectFrom('person').select('id').execute())
      await reconcilePerson(asTxTools(blazon.tools), { personId: id, actor: 'blazon' })
    t.same(await count(db), counted, 'judged again, too')
  },
)
