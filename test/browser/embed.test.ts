import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { languagesOf } from '../../src/words/languages.ts'
import { rest } from '../help/share.ts'
import { change, get, issue, passEvent } from '../help/start.ts'
import { missingBrowser, openBrowser } from './browser.ts'
import { type Live, live } from './live.ts'
import { inspect, sit } from './watch.ts'

t.setTimeout(300_000)
const skip = missingBrowser()
if (skip) t.comment(skip)

const named = (id: string, fullName: string) => ({
  resultId: `R-${id}`,
  candidate: { ...passEvent().candidate, id, fullName },
})
const long =
  'Professora Doutora Maria Antónia Ferreira de Vasconcelos e Albuquerque Wolfeschlegelsteinhausenbergerdorff'

/** What a frame can show, by the slug of a badge in each state. */
async function scene(blazon: Live) {
  const made = {
    valid: await issue(blazon, named('valid', '张伟')),
    long: await issue(blazon, { ...named('long', long), exam: 'PR000003' }),
    suspended: await issue(blazon, named('suspended', 'Łukasz Żółć')),
    expired: await issue(blazon, {
      ...named('expired', 'محمد بن عبد الله آل سعود'),
      startedAt: '2020-01-01T00:00:00Z',
      endedAt: '2020-01-01T01:00:00Z',
    }),
    gone: await issue(blazon, named('gone', 'Ada Lovelace')),
  }
  await change(blazon, made.suspended.id, 'suspend')
  await change(blazon, made.gone.id, 'revoke', { class: 'withdrawn' })
  const slugs = Object.entries(made).map(([state, { links }]) => [
    state,
    links.page.split('/').at(-1),
  ])
  return { ...Object.fromEntries(slugs), none: 'AAAAAAAAAAAAAAAAAAAAAA' } as Record<string, string>
}

const isCut = (page: Page) =>
  page.evaluate(
    'document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth',
  )

/** An image element, which is not of the language here. */
type Picture = { naturalWidth: number; decode: () => Promise<void> }

rest(t).test(
  'in every state and language, what is framed fits its frame, and axe finds nothing, light and dark',
  { skip },
  async (t) => {
    const blazon = await live(t as Test)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const seat = await sit(browser, blazon.origin, { viewport: { width: 320, height: 180 } })
    const { page } = seat
    for (const [state, slug] of Object.entries(await scene(blazon)))
      for (const { lang } of languagesOf('badge')) {
        await page.goto(`${blazon.origin}/embed/${slug}?lang=${lang}`)
        t.equal(await page.locator('html').getAttribute('lang'), lang, state)
        t.notOk(await isCut(page), `${state}, ${lang}: nothing is cut off`)
        await inspect(t as Test, seat, `${state}, ${lang}`)
      }
  },
)

t.test(
  'the frame that its holder copies shows the badge on another site, and its link opens the page there is to check',
  { skip },
  async (t) => {
    const blazon = await live(t as Test)
    const { links } = await issue(blazon, named('valid', '张伟'))
    const query = new URLSearchParams({ url: links.page })
    const { html } = (await get(blazon, `/oembed?${query}`)).json() as { html: string }
    const elsewhere = await site(t as Test, html)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const page = await browser.newPage()
    await page.goto(elsewhere)
    const frame = page.frameLocator('iframe')
    await frame.getByText('Valid · checked just now').waitFor()
    const widths = await frame.locator('img').evaluateAll((images) =>
      Promise.all(
        (images as unknown as Picture[]).map(async (image) => {
          await image.decode()
          return image.naturalWidth
        }),
      ),
    )
    t.same(widths, [192])
    const opened = page.waitForEvent('popup')
    await frame.getByRole('link').click()
    const badge = await opened
    await badge.getByText('Valid · checked just now').waitFor()
    t.equal(badge.url(), links.page)
    const framed = await site(t as Test, html.replaceAll('/embed/', '/b/'))
    await page.goto(framed)
    await page.waitForLoadState('networkidle')
    t.equal(
      await page.frameLocator('iframe').getByText('Valid').count(),
      0,
      'no other page of ours is framed',
    )
  },
)

/** Another site, with this on its page. */
async function site(t: Test, body: string): Promise<string> {
  const page = `<!DOCTYPE html><html lang="en"><title>Elsewhere</title><body>${body}</body></html>`
  const server = createServer((_request, reply) =>
    reply.setHeader('content-type', 'text/html; charset=utf-8').end(page),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
