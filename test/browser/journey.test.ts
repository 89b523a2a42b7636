import t, { type Test } from 'tap'
import { rest } from '../help/share.ts'
import { missingBrowser, openBrowser } from './browser.ts'
import { keyboard, mouse } from './hands.ts'
import { walk } from './walk.ts'
import { type Size, sizes } from './watch.ts'

t.setTimeout(300_000)
const skip = missingBrowser()
if (skip) t.comment(skip)

for (const size of Object.keys(sizes) as Size[])
  for (const javaScriptEnabled of [true, false]) {
    const to = size === 'desktop' && javaScriptEnabled ? t : rest(t)
    to.test(
      `mail, claim, private, share link, public, link revoked, export, erasure: on a ${size}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`,
      { skip },
      async (t) => {
        const browser = await openBrowser()
        t.teardown(() => browser.close())
        const viewport = sizes[size]
        const errands = size === 'desktop' && !javaScriptEnabled
        const options = { viewport, javaScriptEnabled }
        await walk(t as Test, browser, { options, hand: mouse, errands })
      },
    )
  }

rest(t).test(
  'the same way, and the pages off it, by keyboard alone, with the focus in sight at every step',
  { skip },
  async (t) => {
    const browser = await openBrowser()
    t.teardown(() => browser.close())
    const options = { viewport: sizes.phone, javaScriptEnabled: false }
    const hand = (page: Parameters<typeof keyboard>[1]) => keyboard(t as Test, page)
    await walk(t as Test, browser, { options, hand, errands: true })
  },
)
