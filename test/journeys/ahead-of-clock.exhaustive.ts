import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { BadgeAnswer } from '../../schemas/badge.ts'
import { validity } from '../../src/domain/rules/validity.ts'
import { judgeLikeJava } from '../conformance/java-validator.ts'
import { judgeLikePython } from '../conformance/python-validator.ts'
import { readForms, splitJws } from '../conformance/served.ts'
import { onEachDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { clockAt, get, issue, passEvent, post, type Started, start } from '../help/start.ts'

const noon = Date.parse('2026-11-22T12:00:00.640Z')
const at = (milliseconds: number) => new Date(milliseconds).toISOString()

t.test(
  'a result up to five minutes ahead of the clock is valid at once, in every form',
  async (t) => {
    const blazon = await start(t as Test, { clock: clockAt(at(noon)) })
    let count = 0
    const offsets = fc.integer({ min: -20 * 60_000, max: 5 * 60_000 })
    await fc.assert(
      fc.asyncProperty(offsets, fc.integer({ min: 0, max: 999 }), async (offset, fraction) => {
        const now = noon + 60_000 * count + fraction
        blazon.clock.set(at(now))
        count += 1
        const endedAt = at(now + offset)
        const badge = await issue(blazon, anotherPass(count, { endedAt }))
        const wanted = Math.floor(Math.min(now, now + offset) / 1000) * 1000
        await isValidSince(t as Test, blazon, badge, wanted)
        const { assertion, credential } = await readForms(blazon, badge)
        const asked = { now: blazon.clock.now() }
        t.same(await judgeLikePython(blazon, { url: assertion.id }, asked), [])
        t.same(await judgeLikeJava(blazon, { text: credential }, asked.now), [])
      }),
      {
        numRuns: 25,
        examples: [
          [5 * 60_000, 0],
          [60_000, 999],
          [1, 0],
          [360, 0],
          [0, 0],
        ],
      },
    )
  },
)

rest(t).test(
  'its days and its end are those of the exam, also where it ends after midnight',
  async (t) => {
    const now = '2026-11-22T15:57:00.500Z' // 23:57 in the programme's zone
    const blazon = await start(t as Test, { clock: clockAt(now) })
    const endedAt = '2026-11-22T16:01:00Z'
    const badge = await issue(blazon, { startedAt: '2026-11-22T15:00:00Z', endedAt })
    const { timeZone, policies } = blazon.tools.programmes.current().programme
    const { earnedOn, expiresOn, validUntil } = validity(endedAt, {
      timeZone,
      term: 'P2Y',
      inclusiveEnd: policies.inclusiveEnd,
    })
    t.equal(earnedOn, '2026-11-23')
    t.same([badge.earnedOn, badge.expiresOn], [earnedOn, expiresOn])
    t.equal((await get(blazon, `${badge.links.page}.json`)).json().validUntil, validUntil)
    await isValidSince(t as Test, blazon, badge, Date.parse('2026-11-22T15:57:00Z'))
  },
)

onEachDatabase(t, 'what was issued ahead of the clock stays as it is', async (t, database) => {
  const blazon = await start(t, { database, clock: clockAt(at(noon)) })
  const { app, auth } = blazon
  const endedAt = at(noon + 4 * 60_000)
  const startedAt = at(noon - 3_600_000)
  const badge = await issue(blazon, { startedAt, endedAt })
  const before = await readForms(blazon, badge)
  blazon.clock.set(at(noon + 3_600_000))
  await post(blazon, passEvent({ startedAt, endedAt }))
  await post(blazon, passEvent({ startedAt, endedAt, revision: 2, score: '812' }))
  t.same(await readForms(blazon, badge), before, 'the same end, told again later, changes no file')

  const corrected = at(noon + 3_600_000 + 120_000)
  await post(blazon, passEvent({ startedAt, endedAt: corrected, revision: 3 }))
  const after = await readForms(blazon, badge)
  t.not(after.credential, before.credential, 'another end is issued anew')
  await isValidSince(t, blazon, badge, Math.floor((noon + 3_600_000) / 1000) * 1000)
  blazon.clock.set(at(noon + 7_200_000))
  await post(blazon, passEvent({ startedAt, endedAt: corrected, revision: 4, score: '812' }))
  t.same((await readForms(blazon, badge)).credential, after.credential)

  const exact = at(noon + 60_000)
  await post(blazon, passEvent({ startedAt, endedAt: exact, revision: 5 }))
  await isValidSince(t, blazon, badge, Math.floor((noon + 60_000) / 1000) * 1000)
  const history = await app.inject({ url: `/v1/badges/${badge.id}/history`, headers: auth })
  const reissues = history
    .json()
    .history.filter(({ action }: { action: string }) => action === 'badge.reissued')
  t.equal(reissues.length, 2)
})

t.test(
  'a pass that waited for its release is judged by the first message that told its end',
  async (t) => {
    const blazon = await start(t as Test, { clock: clockAt(at(noon)) })
    const told = { startedAt: at(noon - 3_600_000), endedAt: at(noon + 200_000) }
    await post(blazon, passEvent({ ...told, released: false }))
    blazon.clock.set(at(noon + 60_000))
    const badge = await issue(blazon, { ...told, revision: 2 })
    await isValidSince(t as Test, blazon, badge, Math.floor(noon / 1000) * 1000)
  },
)

// One caller may verify 120 times a minute.
let callers = 0

/** That the page, verification and other validators find a badge valid now, and every form names the same beginning. */
async function isValidSince(t: Test, blazon: Started, badge: BadgeAnswer, since: number) {
  callers += 1
  const { assertion, credential: text, jwt, jws } = await readForms(blazon, badge)
  const credential = JSON.parse(text)
  const { payload } = splitJws(jwt)
  const view = (await get(blazon, `${badge.links.page}.json`)).json()
  const begins = [credential.validFrom, credential.awardedDate, payload.validFrom]
  const wanted = new Date(since).toISOString().replace('.000Z', 'Z')
  for (const each of [
    ...begins,
    assertion.issuedOn,
    splitJws(jws).payload.issuedOn,
    view.validFrom,
  ])
    t.equal(each, wanted)
  t.equal(payload.nbf, since / 1000)
  t.ok(since <= Date.parse(blazon.clock.now()))
  t.equal(view.status, 'valid')
  const verify = async (payload: object | string, type: string) =>
    (
      await blazon.app.inject({
        method: 'POST',
        url: '/v1/verify',
        remoteAddress: `192.0.2.${callers}`,
        headers: { 'content-type': type },
        payload,
      })
    ).json().verdict
  t.equal(await verify({ url: badge.links.page }, 'application/json'), 'valid')
  t.equal(await verify(credential, 'application/json'), 'valid')
  t.equal(await verify(jwt, 'text/plain'), 'valid')
  t.equal(await verify(jws, 'text/plain'), 'valid')
  t.equal(await verify(assertion, 'application/json'), 'valid')
}

function anotherPass(number: number, { endedAt }: { endedAt: string }) {
  return {
    resultId: `R-${number}`,
    startedAt: at(Date.parse(endedAt) - 3_600_000),
    endedAt,
    candidate: { ...passEvent().candidate, id: `C-${number}`, email: `c${number}@example.com` },
  }
}
