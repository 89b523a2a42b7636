import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { badgeMail } from '../../src/mails/badge-mail.ts'
import { badgePage } from '../../src/pages/badge/badge-page.ts'
import { english } from '../../src/words/words.ts'
import { missingBrowser, openBrowser, overflows } from '../browser/browser.ts'
import { servePages } from '../browser/serve-pages.ts'
import { sample } from '../mails/samples.ts'
import * as views from '../pages/sample-views.ts'
import { missingFonts, withTheseFonts } from './fonts.ts'
import { everyName, looksAsBefore, noneIsLikeAnother, type Surface } from './likeness.ts'

t.setTimeout(240_000)
const skip = missingBrowser() || missingFonts()
if (skip) t.comment(skip)

const phone = { width: 360, height: 900 }
const desktop = { width: 1280, height: 900 }

t.test('names of every script are right on a badge page', { skip }, async (t) => {
  const pages = everyName.map(([name, text]) => {
    const view = { ...views.badge, holder: { name: text } }
    return [name, badgePage(view, { checkedAt: views.checkedAt }, english)]
  })
  const origin = await servePages(t as Test, Object.fromEntries(pages))
  const page = await openPhone(t as Test)
  for (const [name] of everyName) {
    await page.goto(`${origin}/${name}`)
    await look(t as Test, page, { surface: 'page', name, around: '.holder' })
  }
})

t.test('names of every script are right in a mail', { skip }, async (t) => {
  const page = await openPhone(t as Test)
  for (const [name, text] of everyName) {
    await page.setContent(badgeMail(english, sample('earned', { name: text })).html)
    await look(t as Test, page, { surface: 'mail', name, around: 'p:has(bdi)' })
  }
})

t.test('what no font has is found', { skip }, async (t) => {
  const page = await openPhone(t as Test)
  await page.setContent('<p>Ada 欧 \u0378 \u{10fffd}</p>')
  t.same(await boxes(page, 'p'), ['\u0378', '\u{10fffd}'])
})

t.test('no page or mail could pass for that of another name', async (t) => {
  for (const surface of ['page', 'mail'] as const) await noneIsLikeAnother(t as Test, surface)
})

async function openPhone(t: Test): Promise<Page> {
  const browser = await openBrowser(withTheseFonts(t))
  t.teardown(() => browser.close())
  const context = await browser.newContext({ viewport: phone, deviceScaleFactor: 2 })
  return context.newPage()
}

type Shown = { surface: Surface; name: string; around: string }

/** Claims that a name is shown as it was looked at, whole, on a phone, and is inside the window on a desktop, too. */
async function look(t: Test, page: Page, { surface, name, around }: Shown) {
  await page.evaluate('document.fonts.ready.then(() => true)')
  t.same(await boxes(page, `${around} bdi`), [], `${name} has no empty box`)
  const box = await page.locator(around).boundingBox()
  if (!box) return t.fail(`${name} is shown`)
  // Marks may stand above and below their line.
  const clip = { x: 0, y: Math.floor(box.y) - 8, width: 360, height: Math.ceil(box.height) + 16 }
  await looksAsBefore(t, surface, name, await page.screenshot({ clip }))
  t.notOk(await overflows(page), `${name} is not wider than a phone`)
  await page.setViewportSize(desktop)
  t.notOk(await overflows(page), `${name} is not wider than a desktop`)
  return page.setViewportSize(phone)
}

/** The characters of an element that look like one that no font has, as the browser paints them in its fonts. */
function boxes(page: Page, element: string): Promise<string[]> {
  return page.evaluate(`(() => {
    const element = document.querySelector(${JSON.stringify(element)})
    const canvas = new OffscreenCanvas(80, 80)
    const painter = canvas.getContext('2d', { willReadFrequently: true })
    painter.font = getComputedStyle(element).font
    const paint = (text) => {
      painter.clearRect(0, 0, 80, 80)
      painter.fillText(text, 20, 50)
      return painter.getImageData(0, 0, 80, 80).data.join()
    }
    const box = paint('\\u0379')
    return [...new Set(element.textContent)].filter((character) => paint(character) === box)
  })()`)
}
