import t, { type Test } from 'tap'
import { english } from '../../src/words/words.ts'
import { splitJws } from '../conformance/served.ts'
import { changedProgramme } from '../help/programme.ts'
import { rest } from '../help/share.ts'
import { clockAt, get, issue, passEvent, type Started, start } from '../help/start.ts'
import { dayIn, dayNumber, dayText, moved } from '../model/calendar.ts'

// Leap days, the days around them, ends of years, and nights when a clock changes.
const earned = [
  ...['2020-02-28', '2020-02-29', '2020-03-01', '2021-02-28', '2022-02-28', '2022-03-01'],
  ...['2024-02-28', '2024-02-29', '2024-03-01', '2026-02-28', '2023-12-31', '2024-01-01'],
  ...[
    '2023-10-31',
    '2023-10-26',
    '2022-04-27',
    '2024-03-28',
    '2023-11-04',
    '2024-11-03',
    '2026-11-22',
  ],
]
const programmes = [
  ['Asia/Shanghai', 'sameDay'],
  ['Asia/Shanghai', 'dayBefore'],
  ['America/New_York', 'sameDay'],
  ['Africa/Cairo', 'dayBefore'],
  ['America/Scoresbysund', 'sameDay'],
  ['Pacific/Kiritimati', 'dayBefore'],
] as const

for (const [nth, [timeZone, inclusiveEnd]] of programmes.entries())
  (nth < 2 ? t : rest(t)).test(
    `the end is the same in every form, page and answer: ${timeZone}, ${inclusiveEnd}`,
    async (t) => {
      const file = changedProgramme(t as Test, (programme) => {
        programme.timeZone = timeZone
        programme.policies.inclusiveEnd = inclusiveEnd
      })
      const clock = clockAt('2026-11-23T20:00:00.000Z')
      const blazon = await start(t as Test, { clock, settings: { PROGRAMME_FILE: file } })
      for (const [index, day] of earned.entries()) {
        const endedAt = `${day}T12:00:00Z`
        const badge = await issue(blazon, {
          resultId: `R-${index}`,
          startedAt: `${day}T11:00:00Z`,
          endedAt,
          candidate: { ...passEvent().candidate, id: `C-${index}`, email: `c${index}@example.com` },
        })
        const anniversary = moved(dayIn(endedAt, timeZone), 'P2Y')
        const expiresOn = dayText(inclusiveEnd === 'sameDay' ? anniversary : anniversary - 1)
        const forms = await ends(blazon, badge.links)
        t.equal(forms.day, expiresOn, day)
        t.equal(badge.expiresOn, expiresOn)
        t.equal(new Set(forms.instants).size, 1, `${day}: ${forms.instants.join(' ')}`)
        const until = Date.parse(forms.instants[0] ?? '')
        t.equal(dayIn(new Date(until).toISOString(), timeZone), dayNumber(expiresOn))
        t.equal(dayIn(new Date(until + 1000).toISOString(), timeZone), dayNumber(expiresOn) + 1)
        t.match(forms.page, `<time datetime="${expiresOn}">${english.day(expiresOn)}</time>`)
        t.match(forms.page, timeZone)
        clock.set(new Date(until).toISOString())
        t.equal(await verdict(blazon, badge.links.page), 'valid', 'in the last second')
        clock.set(new Date(until + 1000).toISOString())
        t.equal(await verdict(blazon, badge.links.page), 'expired', 'a second later')
        t.match((await get(blazon, badge.links.page)).body, `Expired on ${english.day(expiresOn)}`)
        clock.set('2026-11-23T20:00:00.000Z')
      }
    },
  )

/** What each form says of the end of a badge. */
async function ends(blazon: Started, links: Record<string, string>) {
  const body = async (address = '') => (await get(blazon, address)).body
  const view = JSON.parse(await body(`${links.page}.json`))
  const credential = JSON.parse(await body(links.credential))
  const { payload } = splitJws(await body(links.credentialJwt))
  const hosted = JSON.parse(await body(links.assertion))
  const signed = splitJws(await body(links.assertionJws)).payload
  const exp = new Date(payload.exp * 1000).toISOString().replace('.000Z', 'Z')
  return {
    day: view.expiresOn as string,
    instants: [
      view.validUntil,
      credential.validUntil,
      payload.validUntil,
      exp,
      hosted.expires,
      signed.expires,
    ] as string[],
    page: await body(links.page),
  }
}

/** What page, JSON and verification say, when they agree. */
async function verdict(blazon: Started, page: string) {
  const { status } = (await get(blazon, `${page}.json`)).json()
  const payload = { url: page }
  const checked = (await blazon.app.inject({ method: 'POST', url: '/v1/verify', payload })).json()
  return status === checked.verdict ? status : `${status}, but ${checked.verdict}`
}
