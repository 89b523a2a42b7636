import t, { type Test } from 'tap'
import type { Programme } from '../../schemas/programme.ts'
import { onEachDatabase } from '../help/databases.ts'
import { changedProgramme } from '../help/programme.ts'
import { get, issue, passEvent, post, start } from '../help/start.ts'

const renamed = (programme: Programme) => {
  for (const achievement of programme.achievements) achievement.description += ' Second edition.'
}

onEachDatabase(
  t,
  'a changed programme makes a new version; badges pin theirs, and old versions answer the same bytes',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    const badge = await issue(first)
    const { credentialSubject } = (await get(first, badge.links.credential)).json()
    const address = credentialSubject.achievement.id
    t.match(address, /\/ob3\/achievements\/practitioner\/1$/)
    const before = (await get(first, address)).body
    const page = (await get(first, badge.links.page)).body
    await first.close()
    const second = await start(t, {
      database,
      settings: { PROGRAMME_FILE: changedProgramme(t, renamed) },
    })
    t.equal((await get(second, address)).body, before)
    t.equal((await get(second, badge.links.page)).body, page)
    const next = await issue(second, {
      resultId: 'R-2',
      candidate: { ...passEvent().candidate, id: 'C-2' },
    })
    const pinned = (await get(second, next.links.credential)).json().credentialSubject.achievement
    t.match(pinned, { id: /\/practitioner\/2$/, version: '2', description: /Second edition/ })
    t.match(
      (await get(second, '/ob2/rsa-1/achievements/practitioner/2')).json().description,
      /Second edition/,
    )
    t.equal((await get(second, '/ob3/achievements/practitioner/3')).statusCode, 404)
  },
)

onEachDatabase(
  t,
  'the same programme again is the same version, and an older one comes back under its number',
  async (t, database) => {
    const versions = []
    for (const edit of [() => {}, renamed, () => {}, renamed]) {
      const blazon = await start(t, {
        database,
        keepOpen: true,
        settings: { PROGRAMME_FILE: changedProgramme(t as Test, edit) },
      })
      versions.push(blazon.tools.programmes.current().version)
      await blazon.close()
    }
    t.same(versions, [1, 2, 1, 2])
  },
)

onEachDatabase(
  t,
  'a parked result of an exam that the programme did not have is minted when it has it',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    const parked = await post(first, passEvent({ exam: 'PR000009' }))
    t.equal(parked.body.result.state, 'parked')
    await first.close()
    const file = changedProgramme(t, (programme) => {
      programme.exams.push({
        code: 'PR000009',
        family: 'practitioner',
        title: 'Practitioner, second form',
        level: 'practitioner',
        achievement: 'practitioner',
      })
    })
    const second = await start(t, { database, settings: { PROGRAMME_FILE: file } })
    const replay = await post(second, passEvent({ exam: 'PR000009' }))
    t.match(replay, {
      status: 200,
      body: { result: { state: 'issued' }, badge: { achievement: 'practitioner', state: 'valid' } },
    })
  },
)

onEachDatabase(
  t,
  'a retired achievement earns no new badges, and its old ones verify',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    const badge = await issue(first)
    await first.close()
    const file = changedProgramme(t, (programme) => {
      for (const achievement of programme.achievements) achievement.retired = true
    })
    const second = await start(t, { database, settings: { PROGRAMME_FILE: file } })
    const refused = await post(
      second,
      passEvent({ resultId: 'R-2', candidate: { ...passEvent().candidate, id: 'C-2' } }),
    )
    t.match(refused, { status: 200, body: { result: { state: 'recorded', reason: /retired/ } } })
    const verdict = await second.app.inject({
      method: 'POST',
      url: '/v1/verify',
      payload: { url: badge.links.page },
    })
    t.equal(verdict.json().verdict, 'valid')
  },
)
