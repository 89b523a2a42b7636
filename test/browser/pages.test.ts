import t, { type Test } from 'tap'
import { listen } from '../../src/main.ts'
import { languages, languagesOf } from '../../src/words/languages.ts'
import { english } from '../../src/words/words.ts'
import { freePort } from '../help/free-port.ts'
import { owner, profile } from '../help/profile.ts'
import { rest } from '../help/share.ts'
import { change, issue, passEvent, start } from '../help/start.ts'
import { axe, missingBrowser, openBrowser, openPage, overflows } from './browser.ts'
import { inspectAtEverySize, sit } from './watch.ts'

const others = languages.filter((words) => words !== english)
// Every page in every language takes a minute on two cores, more when they are busy.
t.setTimeout(600_000)
const skip = missingBrowser()
if (skip) t.comment(skip)

const named = (id: string, fullName: string) => ({
  resultId: `R-${id}`,
  candidate: { ...passEvent().candidate, id, fullName },
})

/** A Blazon that listens, with a badge in each state; answers the address of each page. */
async function scene(t: Test) {
  const port = await freePort()
  const blazon = await start(t, { settings: { PUBLIC_URL: `http://localhost:${port}` } })
  await listen(blazon, { host: '127.0.0.1', port })
  const origin = `http://localhost:${port}`
  const valid = await issue(blazon, named('valid', '张伟'))
  const suspended = await issue(blazon, named('suspended', 'Łukasz Żółć'))
  await change(blazon, suspended.id, 'suspend')
  const gone = await issue(blazon, named('gone', 'Ada Lovelace'))
  await change(blazon, gone.id, 'revoke', { class: 'withdrawn' })
  const hidden = await issue(blazon, { ...named('hidden', 'Ada Lovelace'), exam: 'PR000003' })
  await change(blazon, hidden.id, 'privacy', { nameDisplay: 'hidden' })
  const expired = await issue(blazon, {
    ...named('expired', 'محمد بن عبد الله آل سعود'),
    startedAt: '2020-01-01T00:00:00Z',
    endedAt: '2020-01-01T01:00:00Z',
  })
  for (const { id } of [valid, hidden, expired])
    await change(blazon, id, 'privacy', { discoverable: true })
  const { accountId } = await owner(blazon, passEvent().candidate.email, [
    valid,
    suspended,
    expired,
  ])
  await profile(blazon, accountId, { handle: 'zhang-wei', nameDisplay: 'full' })
  return {
    blazon,
    origin,
    valid: valid.links.page,
    pages: {
      home: `${origin}/`,
      achievement: `${origin}/ob3/achievements/practitioner/1`,
      valid: valid.links.page,
      checked: `${valid.links.page}?check=now#checks`,
      suspended: suspended.links.page,
      'suspended, checked': `${suspended.links.page}?check=now`,
      expired: expired.links.page,
      hidden: hidden.links.page,
      gone: gone.links.page,
      'not confirmed': `${origin}/b/AAAAAAAAAAAAAAAAAAAAAA`,
      'nothing there': `${origin}/nothing`,
      documentation: `${origin}/docs`,
      privacy: `${origin}/privacy`,
      help: `${origin}/help`,
      profile: `${origin}/u/zhang-wei`,
      directory: `${origin}/directory`,
      'directory, searched in vain': `${origin}/directory?q=nobody+of+that+name&level=practitioner`,
    },
  }
}

const everyday = ['checked', 'not confirmed', 'directory']

for (const [which, to] of [
  [`of ${everyday.join(', ')}`, t],
  ['other', rest(t)],
] as const)
  to.test(
    `axe finds nothing on any page ${which}, wide and narrow, light and dark, and no page breaks its policy or asks another host`,
    { skip, timeout: 280_000 },
    async (t) => {
      const { origin, pages } = await scene(t as Test)
      const browser = await openBrowser()
      t.teardown(() => browser.close())
      const seat = await sit(browser, origin)
      for (const [name, address] of Object.entries(pages))
        if (everyday.includes(name) === (which !== 'other'))
          await inspectAtEverySize(t as Test, seat, address, name)
    },
  )

const badgePages = ['checked', 'suspended, checked', 'expired', 'hidden', 'gone', 'not confirmed']

rest(t).test(
  'in every other language a page is as sound, and is whole in that language',
  { skip, timeout: 280_000 },
  async (t) => {
    const { origin, pages } = await scene(t as Test)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const { page, offences } = await sit(browser, origin, { colorScheme: 'dark' })
    for (const { lang } of others)
      for (const [name, address] of Object.entries(pages)) {
        const whole = languagesOf().some((words) => words.lang === lang)
        if (!whole && !badgePages.includes(name)) continue
        const asked = new URL(address)
        asked.searchParams.set('lang', lang)
        await page.goto(asked.href)
        const about = `${name}, ${lang}`
        t.equal(await page.locator('html').getAttribute('lang'), lang, about)
        t.same(await axe(page), [], about)
        t.same(offences.splice(0), [], `${about}: no error, no violation, no other host`)
        t.notOk(await overflows(page), `${about}: nothing is wider than the window`)
      }
  },
)

t.test('the verdict stands in the first screen of a small phone, in words', { skip }, async (t) => {
  const { pages } = await scene(t as Test)
  const browser = await openBrowser()
  t.teardown(() => browser.close())
  for (const [address, words] of [
    [pages.valid, 'Valid · checked just now'],
    [pages.expired, 'Expired on 1 January 2022'],
    [pages.suspended, 'Status under review'],
    [pages.gone, 'No longer valid'],
    [pages['not confirmed'], 'We cannot confirm'],
  ] as const) {
    const { page, close } = await openPage(browser, address, {
      width: 360,
      height: 640,
      scheme: 'light',
    })
    const box = await page.getByText(words).first().boundingBox()
    t.ok(box && box.y >= 0 && box.y + box.height <= 640, words)
    await close()
  }
})

t.test(
  'without JavaScript and by keyboard alone, the badge is checked again and each check is shown with its time',
  { skip },
  async (t) => {
    const { valid } = await scene(t as Test)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(valid)
    const button = page.getByRole('button', { name: 'Check again now' })
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab')
      if (await button.evaluate((element) => element === element.ownerDocument.activeElement)) break
    }
    await Promise.all([page.waitForURL(/check=now/), page.keyboard.press('Enter')])
    const checks = page.locator('#checks li, .checks li')
    t.equal(await checks.count(), 7)
    for (const text of await checks.allInnerTexts()) t.match(text, /Passed[\s\S]*\d\d:\d\d:\d\d/)
  },
)

rest(t).test(
  'the pictures of the page load, the grey one of a revoked badge too',
  { skip },
  async (t) => {
    const { pages } = await scene(t as Test)
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    for (const address of [pages.valid, pages.expired, pages.gone]) {
      const { page, close } = await openPage(browser, address, {
        width: 1280,
        height: 900,
        scheme: 'light',
      })
      const widths = await page
        .locator('img')
        .evaluateAll((images) =>
          images.map((image) => (image as { naturalWidth?: number }).naturalWidth ?? 0),
        )
      t.ok(widths.length > 0 && widths.every((width) => width > 0), `${address} ${widths}`)
      await close()
    }
  },
)
