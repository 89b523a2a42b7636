import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Test } from 'tap'
import { axe, overflows } from './browser.ts'

export const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
} as const
export type Size = keyof typeof sizes

/** Somebody's browser: its cookies, its one page, and what that page did that it should not. */
export type Seat = { context: BrowserContext; page: Page; offences: string[]; scripts: boolean }

/** Opens a browser of somebody's own, which collects errors, policy violations and requests to other hosts. */
export async function sit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Seat> {
  const context = await browser.newContext({ viewport: sizes.desktop, ...options })
  const offences: string[] = []
  context.on('console', (message) => {
    // A page that is refused on purpose is told of on the console, as is its picture.
    const expected = /status of (403|404|410|422)/.test(message.text())
    if (message.type() === 'error' && !expected) offences.push(message.text())
  })
  context.on('weberror', (error) => offences.push(String(error.error())))
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith('data:') && new URL(url).origin !== origin) offences.push(`asked ${url}`)
  })
  return {
    context,
    page: await context.newPage(),
    offences,
    scripts: options.javaScriptEnabled !== false,
  }
}

/**
 * Looks at the page as it arrived, every fold open: nothing forbidden was done, nothing moved, nothing is wider than the window, and
 * axe finds nothing, light and dark. Axe needs scripts of its own, and the page is the same without them.
 */
export async function inspect(t: Test, { page, offences, scripts }: Seat, name: string) {
  t.same(offences.splice(0), [], `${name}: no error, no violation, no other host`)
  t.notOk(await overflows(page), `${name}: nothing is wider than the window`)
  if (!scripts) return
  t.equal(await shift(page), 0, `${name}: nothing moved while it loaded`)
  await openFolds(page)
  t.same(await axe(page), [], `${name}: axe, light`)
  t.notOk(await overflows(page), `${name}, unfolded: nothing is wider than the window`)
  // The dark scheme changes colours and nothing else.
  await page.emulateMedia({ colorScheme: 'dark' })
  t.same(await axe(page, ['color-contrast']), [], `${name}: axe, dark`)
  await page.emulateMedia({ colorScheme: 'light' })
}

/** The rules that ask where things are and how large, which `inspect` asks among all; the others find the same at every size. */
const rulesOfPlace = ['color-contrast', 'target-size', 'scrollable-region-focusable']

/** Visits an address on a phone, inspects it, and looks at it on a desktop, where the same things are in other places. */
export async function inspectAtEverySize(t: Test, seat: Seat, address: string, name: string) {
  const { page } = seat
  await page.setViewportSize(sizes.phone)
  await page.goto(address)
  await inspect(t, seat, `${name}, phone`)
  await page.setViewportSize(sizes.desktop)
  t.notOk(await overflows(page), `${name}, desktop: nothing is wider than the window`)
  t.same(await axe(page, rulesOfPlace), [], `${name}, desktop: axe`)
}

async function openFolds(page: Page) {
  await page
    .locator('details')
    .evaluateAll((all) => all.map((each) => each.setAttribute('open', '')))
}

/**
 * How far the page's parts moved while it loaded, as browsers count it (Cumulative Layout Shift), in thousandths. On a busy machine a
 * font may come after the first paint, which stands in for it until then (`font-display: swap`): from there on lines may move.
 */
async function shift(page: Page): Promise<number> {
  return page.evaluate(`new Promise((done) => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
    const fonts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.woff2'))
    const late = Math.min(...fonts.map((font) => font.responseEnd).filter((end) => end > painted))
    let sum = 0
    const count = (list) => list.getEntries().forEach((entry) => entry.startTime < late && (sum += entry.value))
    new PerformanceObserver(count).observe({ type: 'layout-shift', buffered: true })
    requestAnimationFrame(() => setTimeout(() => done(Math.round(sum * 1000)), 50))
  })`)
}
