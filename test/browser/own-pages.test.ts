import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { assets } from '../../src/pages/assets.ts'
import { componentPages } from '../pages/components.ts'
import { ownPages } from '../pages/own-pages.ts'
import { foreignPages } from '../pages/pages-of-languages.ts'
import { axe, missingBrowser, openBrowser, overflows } from './browser.ts'
import { inspectAtEverySize, sit, sizes } from './watch.ts'

// Some forty pages take a minute on two cores, more when they are busy.
t.setTimeout(600_000)
const skip = missingBrowser()
if (skip) t.comment(skip)

const english: Record<string, string> = { ...ownPages, ...componentPages }
const pages = { ...english, ...foreignPages }
const artwork = readFileSync(new URL('../../programme.example/associate.svg', import.meta.url))

/** The sample pages under one address each, with the policy that such pages are sent with. */
async function serve(t: Test): Promise<string> {
  const files = new Map(assets().map((asset) => [asset.path, asset]))
  const server = createServer((request, reply) => {
    const path = decodeURIComponent(request.url ?? '')
    const asset = files.get(path)
    if (asset) return reply.setHeader('content-type', asset.contentType).end(asset.bytes)
    if (path === '/artwork.svg')
      return reply.setHeader('content-type', 'image/svg+xml').end(artwork)
    reply.setHeader('content-type', 'text/html; charset=utf-8')
    reply.setHeader(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'",
    )
    const page = pages[path.slice(1)] ?? ''
    return reply.end(page.replaceAll(/src="https:[^"]*"/g, 'src="/artwork.svg"'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

t.test(
  'axe finds nothing on any page of candidates, wide and narrow, light and dark, and none is wider than its window',
  { skip, timeout: 280_000 },
  async (t) => {
    const origin = await serve(t as Test)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const seat = await sit(browser, origin)
    for (const name of Object.keys(english))
      await inspectAtEverySize(t as Test, seat, `${origin}/${encodeURIComponent(name)}`, name)
  },
)

// Markup and contrast are those of English; what another language can break is direction, width and names.
t.test(
  'axe finds nothing on any page in any other language, and none is wider than a phone',
  { skip, timeout: 280_000 },
  async (t) => {
    const origin = await serve(t as Test)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const { page, offences } = await sit(browser, origin, { viewport: sizes.phone })
    for (const name of Object.keys(foreignPages)) {
      await page.goto(`${origin}/${encodeURIComponent(name)}`)
      t.same(await axe(page), [], name)
      t.same(offences.splice(0), [], `${name}: no error, no violation, no other host`)
      t.notOk(await overflows(page), `${name}: nothing is wider than the window`)
    }
  },
)

t.test(
  'by keyboard alone, a badge is claimed with another answer than the preselected',
  { skip },
  async (t) => {
    const origin = await serve(t as Test)
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
  const origin = await serve(t as Test)
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
    const origin = await serve(t as Test)
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

t.test('being found is asked only of a badge that is to be public', { skip }, async (t) => {
  const origin = await serve(t as Test)
  const browser = await openBrowser()
  t.teardown(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`${origin}/${encodeURIComponent('my badge, private')}`)
  const found = page.getByLabel('Let people find it')
  t.notOk(await found.isVisible())
  await page.getByText('Everybody', { exact: true }).click()
  t.ok(await found.isVisible())
})
