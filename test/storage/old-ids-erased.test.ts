import t from 'tap'
import { eraseCandidate } from '../../src/actions/holders/erase-account.ts'
import { onEachDatabase } from '../help/databases.ts'
import { eligibility } from '../help/review.ts'
import { passEvent, post } from '../help/start.ts'
import { before, count, keepOld, message, person, spellings, upgrade } from './old-version.ts'

onEachDatabase(
  t,
  'what an earlier version erased stays erased when it is sent again as it was sent then',
  async (t, database) => {
    const old = await before(t, database)
    const failed = {
      outcome: 'failed',
      startedAt: '2026-11-20T09:00:00Z',
      endedAt: '2026-11-20T10:00:00Z',
    }
    for (const [at, spell] of spellings.entries()) {
      await keepOld(old, message(at, spell, { exam: 'PR000003' }))
      await keepOld(old, message(at, spell, { ...failed, resultId: spell(`Rö-${at}`) }))
      await eraseCandidate(old.tools, {
        candidate: { source: 'webassessor', id: spell(person(at).id) },
        copies: 'keep',
        actor: 'operator',
      })
    }
    const blazon = await upgrade(t, database, old)
    for (const [at, spell] of spellings.entries()) {
      const waits = await eligibility(
        blazon,
        encodeURIComponent(spell(person(at).id)),
        'exam=PR000001',
      )
      t.equal(JSON.stringify(waits).includes('2026-12-04'), true, JSON.stringify(waits))
      const sent = message(at, spell, { exam: 'PR000003' })
      const replay = await post(blazon, passEvent(sent))
      t.match(replay, { status: 200, body: { result: { state: 'recorded' } } })
      t.equal(replay.body.badge, undefined)
      const other = await post(blazon, passEvent({ ...sent, score: '1' }))
      t.equal(other.status, 409, 'another body under the same revision')
      const next = await post(blazon, passEvent({ ...sent, revision: 2 }))
      t.match([next.status, next.body.badge], [200, undefined])
      const retake = await post(blazon, passEvent(message(at, spell, { resultId: `Rä-${at}` })))
      t.match(retake.body.result, { state: 'parked', reason: /too soon/ }, 'the wait goes on')
    }
    t.equal((await count(blazon.tools.db)).badge, 0)
  },
)
