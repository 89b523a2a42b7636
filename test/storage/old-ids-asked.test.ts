import t from 'tap'
import { reconcilePerson } from '../../src/actions/judging/reconcile-person.ts'
import type { Db } from '../../src/storage/database.ts'
import { onEachDatabase } from '../help/databases.ts'
import { askFor, signedIn, wish } from '../help/names.ts'
import { decide, openItems } from '../help/review.ts'
import { asTxTools } from '../help/transaction.ts'
import {
  before,
  type Changes,
  keepOld,
  message,
  person,
  spellings,
  upgrade,
} from './old-version.ts'

onEachDatabase(
  t,
  'what operators were asked and decided stays asked and decided, with its notes',
  async (t, database) => {
    const old = await before(t, database)
    const spell = spellings[5] as (id: string) => string
    const day = (date: string) => ({ startedAt: `${date}T09:00:00Z`, endedAt: `${date}T10:00:00Z` })
    const result = (at: number, name: string, changes: Changes) =>
      keepOld(old, message(at, spell, { ...day('2026-11-20'), ...changes, resultId: spell(name) }))
    await result(1, 'é-unknown', { exam: 'PR999999 ' })
    await result(2, 'é-twin', { score: '700' })
    await result(2, 'é-twin-2', {})
    await result(3, 'é-aborted', { outcome: 'aborted' })
    await result(4, 'é-failed', { ...day('2026-11-10'), outcome: 'failed' })
    await result(4, 'é-retake', {})
    await result(5, 'é-first', {})
    const alike = { ...person(6), id: spell(person(6).id), email: person(5).email }
    await result(6, 'é-second', { candidate: alike })
    await result(7, 'é-name', {
      candidate: { ...person(7), id: spell(person(7).id), fullName: 'Nia 🙂' },
    })
    const badge = (await result(8, 'é-wish', {})).badge?.id ?? ''
    await askFor(await signedIn(old, person(8).email), badge, wish)
    const items = await openItems(old)
    const decisions: Partial<Record<string, 'ignore' | 'count' | 'deny'>> = {
      duplicate: 'ignore',
      'content-unknown': 'count',
      retake: 'deny',
    }
    for (const { id, kind } of items) {
      const decision = decisions[kind]
      if (decision) t.equal((await decide(old, id, decision)).status, 200)
    }
    const asked = await questions(old.tools.db)
    t.equal(new Set(asked.map(({ kind }) => kind)).size, 7, 'kinds of questions')
    const blazon = await upgrade(t, database, old)
    const { db } = blazon.tools
    const kept = await db.selectFrom('review_item').selectAll().orderBy('id').execute()
    for (const { source, candidate_id, result_id, facts } of kept)
      for (const text of [source, candidate_id, result_id ?? '', facts])
        t.notMatch(text, /\u0301|^ | $|" | "/, 'ids are normal')
    for (const { id } of await db.selectFrom('person').select('id').execute())
      await reconcilePerson(asTxTools(blazon.tools), { personId: id, actor: 'blazon' })
    t.same(await questions(db), asked)
    const notes = () => db.selectFrom('audit_note').innerJoin('audit', 'audit.id', 'audit_id')
    const decided = await notes().select(['subject', 'note', 'details']).execute()
    const ids = kept.filter(({ decision }) => decision).map(({ id }) => id)
    t.same(
      decided.map(({ subject }) => subject).toSorted(),
      ids,
      'notes are those of the items of now',
    )
    for (const { details } of decided) t.match(JSON.parse(details), { formerly: String })
    const again = await db.selectFrom('review_item').select(['id', 'state']).orderBy('id').execute()
    t.same(
      again,
      kept.map(({ id, state }) => ({ id, state })),
      'no question is a new one',
    )
  },
)

async function questions(db: Db) {
  const rows = await db.selectFrom('review_item').select(['kind', 'state', 'decision']).execute()
  return rows.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}
