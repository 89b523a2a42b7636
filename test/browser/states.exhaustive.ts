import t, { type Test } from 'tap'
import { missingBrowser, openBrowser } from './browser.ts'
import { everyState } from './own-states.ts'
import { shareStops } from './share-stops.ts'
import { linkStops, mistakeStops, ownStops, publicStops, type Stop } from './stops.ts'
import { inspect, type Seat, type Size, sit, sizes } from './watch.ts'

t.setTimeout(300_000)
const skip = missingBrowser()
if (skip) t.comment(skip)

t.test(
  'every page of candidates, in every state of its badge, link and form: axe finds nothing, nothing moves, nothing is forbidden',
  { skip },
  async (t) => {
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const world = await everyState(t as Test, browser)
    const seat = await sit(browser, world.blazon.origin)
    const links = await linkStops(world)
    const stops = [
      ...ownStops(world),
      ...shareStops(world),
      ...publicStops(world),
      ...links,
      ...mistakeStops(world),
    ]
    for (const [index, stop] of stops.entries()) {
      // Each size meets every second page; the whole way is walked in both, and the samples are seen in both.
      const size: Size = index % 2 === 0 ? 'phone' : 'desktop'
      await seat.page.setViewportSize(sizes[size])
      await arrive(seat, world.blazon.origin, stop)
      await inspect(t as Test, seat, `${stop.name}, ${size}`)
    }
  },
)

async function arrive({ context, page }: Seat, origin: string, { address, as, go, words }: Stop) {
  await context.clearCookies()
  if (as) await context.addCookies([{ name: 'blazon-session', value: as.session, url: origin }])
  await page.goto(new URL(address, origin).href)
  await go?.(page)
  await page.getByText(words).first().waitFor({ timeout: 10_000 })
}
