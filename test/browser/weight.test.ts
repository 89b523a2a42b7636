import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { runMails } from '../help/mails.ts'
import { owner, profile } from '../help/profile.ts'
import { change, issue, passEvent } from '../help/start.ts'
import { missingBrowser, openBrowser } from './browser.ts'
import { live } from './live.ts'

t.setTimeout(120_000)
const skip = missingBrowser()
if (skip) t.comment(skip)

/** Phones with two and three pixels for each of CSS, which take larger pictures. */
const phones = [
  { width: 360, height: 740, density: 2 },
  { width: 390, height: 844, density: 3 },
]

/** A Blazon that listens, and its heaviest public pages. */
async function scene(t: Test) {
  const blazon = await live(t)
  const valid = await issue(blazon)
  const named = (id: string, more: object) =>
    issue(blazon, { resultId: id, candidate: { ...passEvent().candidate, id }, ...more })
  const expired = await named('R-old', {
    startedAt: '2020-01-01T00:00:00Z',
    endedAt: '2020-01-01T01:00:00Z',
  })
  const gone = await named('R-gone', { exam: 'PR000003' })
  await change(blazon, gone.id, 'revoke', { class: 'withdrawn' })
  await change(blazon, valid.id, 'privacy', { discoverable: true })
  const { accountId } = await owner(blazon, passEvent().candidate.email, [valid, expired])
  await profile(blazon, accountId, { handle: 'zhang-wei', nameDisplay: 'full' })
  await runMails(blazon)
  const at = (path: string) => `${blazon.origin}${path}`
  return {
    badge: valid.links.page,
    'badge, checked': `${valid.links.page}?check=now`,
    'badge in Chinese': `${valid.links.page}?lang=zh-CN`,
    expired: expired.links.page,
    revoked: gone.links.page,
    embedded: valid.links.page.replace('/b/', '/embed/'),
    achievement: at('/ob3/achievements/practitioner/1'),
    home: at('/'),
    profile: at('/u/zhang-wei'),
    directory: at('/directory'),
    help: at('/help'),
    privacy: at('/privacy'),
    'not confirmed': at('/b/AAAAAAAAAAAAAAAAAAAAAA'),
  }
}

/** Everything that a page loads, as the browser counts it on the wire: heads, and bodies as they are sent. */
async function weighing(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const loaded = new Map<string, { isPicture: boolean; url: string; bytes: number }>()
  session.on('Network.responseReceived', ({ requestId, type, response: { url } }) =>
    loaded.set(requestId, { isPicture: type === 'Image', url, bytes: 0 }),
  )
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const known = loaded.get(requestId)
    if (known) known.bytes = encodedDataLength
  })
  return async (address: string) => {
    loaded.clear()
    await page.goto(address, { waitUntil: 'networkidle' })
    const parts = [...loaded.values()].filter(({ url }) => url.startsWith('http'))
    const weightOf = (picture: boolean) =>
      parts
        .filter(({ isPicture }) => isPicture === picture)
        .reduce((sum, { bytes }) => sum + bytes, 0)
    return { rest: weightOf(false), pictures: weightOf(true) }
  }
}

t.test(
  'on a phone, no public page weighs 60 KB without pictures, or 110 KB with them',
  { skip },
  async (t) => {
    const pages = await scene(t as Test)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    for (const { density, ...viewport } of phones)
      for (const [name, address] of Object.entries(pages)) {
        const context = await browser.newContext({ viewport, deviceScaleFactor: density })
        const weigh = await weighing(await context.newPage())
        const { rest, pictures } = await weigh(address)
        const weight = `${name}: ${rest} bytes, its pictures ${pictures}, at density ${density}`
        t.ok(rest > 10_000 && rest < 60_000, weight)
        t.ok(rest + pictures < 110_000, weight)
        await context.close()
      }
  },
)
