import t, { type Test } from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { changedProgramme } from '../help/programme.ts'
import { eligibility } from '../help/review.ts'
import { clockAt, issue, passEvent, post, type Started, start } from '../help/start.ts'

// The days on which the rules of renewal turn (programme rules, part 3).
const at = (day: string) => ({
  startedAt: `${day}T09:00:00+08:00`,
  endedAt: `${day}T10:00:00+08:00`,
})

async function certified(t: Test, database: Parameters<typeof start>[1], rules: object) {
  const file = changedProgramme(t, ({ achievements: [practitioner] }) => {
    Object.assign(practitioner?.renewal ?? {}, rules)
  })
  return start(t, { ...database, settings: { PROGRAMME_FILE: file } })
}

/** Somebody else each time who passed on 10 January 2022, and passes again on a day. */
async function again(blazon: Started, day: string) {
  const candidate = { id: `C-${day}`, fullName: 'Ada', email: `${day}@example.com` }
  const first = await issue(blazon, { resultId: `1-${day}`, candidate, ...at('2022-01-10') })
  const asked = await eligibility(blazon, candidate.id, `exam=PR000001&on=${day}`)
  const { body } = await post(blazon, passEvent({ resultId: `2-${day}`, candidate, ...at(day) }))
  const number = body.badge?.certificationNumber
  return {
    eligible: asked.body.eligible as boolean,
    state: body.result.state,
    sameNumber: number === undefined ? undefined : number === first.certificationNumber,
    expiresOn: body.badge?.expiresOn,
  }
}

onEachDatabase(
  t,
  'the window opens 60 days before the expiry and not a day earlier; grace ends 30 days after it and not a day later',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const blazon = await certified(t, { database, clock }, { passOutsideWindow: 'reject' })
    const early = { eligible: false, state: 'recorded', sameNumber: undefined }
    t.match(await again(blazon, '2023-11-10'), early)
    const renewed = { eligible: true, state: 'issued', sameNumber: true }
    t.match(await again(blazon, '2023-11-11'), { ...renewed, expiresOn: '2025-11-11' })
    t.match(await again(blazon, '2024-01-10'), { ...renewed, expiresOn: '2026-01-10' })
    t.match(await again(blazon, '2024-01-11'), { ...renewed, expiresOn: '2026-01-11' })
    t.match(await again(blazon, '2024-02-09'), { ...renewed, expiresOn: '2026-02-09' })
    const anew = { eligible: true, state: 'issued', sameNumber: false, expiresOn: '2026-02-10' }
    t.match(await again(blazon, '2024-02-10'), anew)
  },
)

onEachDatabase(
  t,
  'where the old expiry is the anchor, a renewal in the window ends two years after it, one in grace two years after the pass',
  async (t, database) => {
    const previousExpiry = { renewalAnchor: 'previousExpiry', passOutsideWindow: 'accept' }
    const blazon = await certified(t, { database }, previousExpiry)
    const ends = async (day: string) => (await again(blazon, day)).expiresOn
    t.equal(await ends('2023-11-11'), '2026-01-10')
    t.equal(await ends('2024-01-10'), '2026-01-10')
    t.equal(await ends('2024-02-09'), '2026-02-09')
    // Before the window nothing was promised: the term starts with the pass.
    t.equal(await ends('2023-11-10'), '2025-11-10')
  },
)
