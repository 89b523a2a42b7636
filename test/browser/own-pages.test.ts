import t, { type Test } from 'tap'
import { rest } from '../help/share.ts'
import { componentPages } from '../pages/components.ts'
import { ownPages } from '../pages/own-pages.ts'
import { ownBadges } from '../pages/own-views.ts'
import { foreignPages } from '../pages/pages-of-languages.ts'
import { samplePages } from '../pages/sample-pages.ts'
import { axe, missingBrowser, openBrowser, overflows } from './browser.ts'
import { keyboard } from './hands.ts'
import { servePages } from './serve-pages.ts'
import { inspectAtEverySize, sit, sizes } from './watch.ts'

// Some forty pages take a minute on two cores, more when they are busy.
t.setTimeout(600_000)
const skip = missingBrowser()
if (skip) t.comment(skip)

// The other public pages are seen where a server sends them, in test/browser/pages.test.ts.
const publicPages = [
  'with a failed check',
  'privacy of a programme that says little',
  'help of a programme that says little',
  'profile without a name or badges',
  'directory, a later page',
].map((name) => [name, samplePages[name] ?? ''] as const)
const english: Record<string, string> = {
  ...ownPages,
  ...componentPages,
  ...Object.fromEntries(publicPages),
}
const pages = { ...english, ...foreignPages }

rest(t).test(
  'axe finds nothing on any sample page, wide and narrow, light and dark, and none is wider than its window',
  { skip, timeout: 500_000 },
  async (t) => {
    const origin = await servePages(t as Test, pages)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const seat = await sit(browser, origin)
    for (const name of Object.keys(english))
      await inspectAtEverySize(t as Test, seat, `${origin}/${encodeURIComponent(name)}`, name)
  },
)

// Markup is that of English; what another language can break is direction, width, names, and contrast in its own fonts.
rest(t).test(
  'axe finds nothing on any page in any other language, light and dark, and none is wider than a phone or a desktop',
  { skip, timeout: 500_000 },
  async (t) => {
    const origin = await servePages(t as Test, pages)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const { page, offences } = await sit(browser, origin, { viewport: sizes.phone })
    for (const name of Object.keys(foreignPages)) {
      await page.goto(`${origin}/${encodeURIComponent(name)}`)
      t.same(await axe(page), [], name)
      t.same(offences.splice(0), [], `${name}: no error, no violation, no other host`)
      t.notOk(await overflows(page), `${name}: nothing is wider than the window`)
      await page.emulateMedia({ colorScheme: 'dark' })
      t.same(await axe(page, ['color-contrast']), [], `${name}, dark`)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(sizes.desktop)
      t.notOk(await overflows(page), `${name}: nothing is wider than a desktop`)
      await page.setViewportSize(sizes.phone)
    }
  },
)

t.test(
  'by keyboard alone, a badge is claimed with another answer than the preselected',
  { skip },
  async (t) => {
    const origin = await servePages(t as Test, pages)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${origin}/claim`)
    const chosen = page.locator('input[value=link]')
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press('Tab')
      if (await chosen.evaluate((element) => element === element.ownerDocument.activeElement)) break
    }
    await page.keyboard.press('ArrowDown')
    t.ok(await page.locator('input[value=public]').isChecked())
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const request = await sent
    t.match(request.url(), /\/claim\/q0dSvTjy3bqzMn2nqvLx8g$/)
    t.equal(request.postData(), 'form=a-token-of-the-form&answer=public')
  },
)

t.test('declining sends one answer, and only from behind its fold', { skip }, async (t) => {
  const origin = await servePages(t as Test, pages)
  const browser = await openBrowser()
  t.teardown(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`${origin}/claim`)
  const button = page.getByRole('button', { name: 'Decline this badge' })
  t.notOk(await button.isVisible())
  await page.getByText('I do not want this badge').click()
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await button.click()
  t.equal((await sent).postData(), 'form=a-token-of-the-form&answer=decline')
})

t.test(
  'a new share link is copied by its button, or by hand without JavaScript',
  { skip },
  async (t) => {
    const origin = await servePages(t as Test, pages)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const address = `${origin}/${encodeURIComponent('my badge, link made')}`
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    const page = await context.newPage()
    await page.goto(address)
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await page.evaluate('navigator.clipboard.readText()')
    t.match(copied, /^https:\/\/badges\.northwind\.example\/b\/.*share=/)
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await plain.goto(address)
    t.notOk(await plain.getByRole('button', { name: 'Copy' }).isVisible())
    t.equal(
      await plain.getByLabel('Your link “Application at Contoso” is ready').inputValue(),
      copied,
    )
  },
)

rest(t).test(
  'the sharing of the reader’s own system is offered where there is one, and is handed the badge',
  { skip },
  async (t) => {
    const origin = await servePages(t as Test, pages)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const open = async (system: string) => {
      const context = await browser.newContext()
      await context.addInitScript(system)
      const page = await context.newPage()
      await page.goto(`${origin}/${encodeURIComponent('share, public')}`)
      return { page, button: page.getByRole('button', { name: 'More apps' }) }
    }
    const { achievement, issuer, links } = ownBadges.public.view
    const badge = {
      title: `My certification: ${achievement.name}`,
      text: `I earned the certification ${achievement.name} of ${issuer.name}.`,
      url: links.page,
    }
    const { page } = await open(`
      window.asked = []
      window.handed = []
      navigator.canShare = (data) => window.asked.push(data) > 0
      navigator.share = async (data) => {
        window.handed.push(data)
        if (window.trouble) throw new DOMException('no', window.trouble)
      }`)
    const does = keyboard(t as Test, page)
    const told: string[] = []
    page.on('pageerror', ({ message }) => told.push(message))
    await does.press('More apps')
    t.same(await page.evaluate('[asked, handed]'), [[badge], [badge]])
    await page.evaluate('trouble = "AbortError"')
    await does.press('More apps')
    t.equal(await page.evaluate('handed.length'), 2)
    t.same(told, [], 'whoever changes their mind reads of no error')
    const error = page.waitForEvent('pageerror')
    await page.evaluate('trouble = "NotAllowedError"')
    await does.press('More apps')
    t.match((await error).message, 'no', 'another error is not hidden')
    t.equal(told.length, 1)
    for (const system of [
      'delete Navigator.prototype.canShare',
      'navigator.canShare = () => false',
    ]) {
      const { button } = await open(system)
      t.equal(await button.count(), 0, 'a hidden button has no role')
    }
  },
)

t.test('being found is asked only of a badge that is to be public', { skip }, async (t) => {
  const origin = await servePages(t as Test, pages)
  const browser = await openBrowser()
  t.teardown(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`${origin}/${encodeURIComponent('my badge, private')}`)
  const found = page.getByLabel('Let people find it')
  t.notOk(await found.isVisible())
  await page.getByText('Everybody', { exact: true }).click()
  t.ok(await found.isVisible())
})
