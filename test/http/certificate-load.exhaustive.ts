import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { listen } from '../../src/main.ts'
import { issue, start } from '../help/start.ts'

// Each on two papers: more certificates than are kept, so that asking again means drawing again.
const people = 80
const requests = 2000
const atOnce = 200
t.setTimeout(280_000)

t.test(
  'whoever asks for thousands of certificates holds up nobody who looks at a badge',
  async (t) => {
    const world = await start(t as Test)
    const port = await listen(world, { host: '127.0.0.1', port: 0 })
    const addresses: string[] = []
    for (let index = 0; index < people; index += 1) {
      const candidate = {
        id: `C-${index}`,
        fullName: `Person ${index}`,
        email: `${index}@example.com`,
      }
      const { links } = await issue(world, { resultId: `R-${index}`, candidate })
      addresses.push(`http://127.0.0.1:${port}${new URL(links.page).pathname}`)
    }
    const counts = { made: 0, refused: 0, pages: 0 }
    let asked = 0
    const ask = async () => {
      while (asked < requests) {
        const address = addresses[asked % people]
        const query = Math.floor(asked / people) % 2 ? '?paper=letter' : ''
        asked += 1
        const answer = await fetch(`${address}/certificate.pdf${query}`, { headers: world.auth })
        const body = Buffer.from(await answer.arrayBuffer())
        if (answer.status === 200) {
          counts.made += 1
          if (body.subarray(0, 5).toString() !== '%PDF-') t.fail('an answer that is no PDF')
          continue
        }
        counts.refused += 1
        if (answer.status !== 503 || answer.headers.get('retry-after') !== '5')
          t.fail(`an answer ${answer.status} in place of 503 with Retry-After`)
        await pause(1)
      }
    }
    const flood = Promise.all(Array.from({ length: atOnce }, ask))
    let over = false
    const end = flood.then(() => {
      over = true
    })
    while (!over) {
      const page = await fetch(addresses[counts.pages % people] ?? '')
      await page.text()
      if (page.status !== 200) t.fail(`a page answered ${page.status}`)
      counts.pages += 1
    }
    await end
    t.equal(counts.made + counts.refused, requests)
    t.ok(counts.refused > 0, `some were told to come back: ${JSON.stringify(counts)}`)
    t.ok(counts.made > 0, 'and others were served')
    // One visitor, one page after another, against all who ask for certificates: as many pages as each of them asks would be fair.
    t.ok(counts.pages / requests > 1 / atOnce, 'pages had more than their turn')
  },
)
