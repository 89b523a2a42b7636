import sharp from 'sharp'
import t, { type Test } from 'tap'
import { makePreviews } from '../../src/actions/tools/previews.ts'
import { languagesOf } from '../../src/words/languages.ts'
import { rest } from '../help/share.ts'
import { change, get, issue, passEvent, type Started, start } from '../help/start.ts'

// Forty badges are issued, and four thousand requests answered, on machines that may be busy.
t.setTimeout(300_000)

const head = (page: string, name: string) =>
  new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(page)?.[1]
const card = (page: string) => String(head(page, 'og:image'))

t.test('a public page names a card, and the card is what it says it is', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const page = (await get(blazon, links.page)).body
  t.equal(card(page), `${links.page}/card.png?lang=en`)
  t.equal(head(page, 'twitter:card'), 'summary_large_image')
  t.match(head(page, 'og:image:alt'), /张伟/)
  const picture = await get(blazon, card(page))
  const { width, height, format } = await sharp(picture.rawPayload).metadata()
  t.same(
    [String(width), String(height), format],
    [head(page, 'og:image:width'), head(page, 'og:image:height'), 'png'],
  )
  t.ok(picture.rawPayload.length < 1_000_000)
  t.equal((await get(blazon, `${links.page}/signature.png`)).statusCode, 200)
})

t.test(
  'a card and the picture of signatures change with whatever they say, and are the same until then',
  async (t) => {
    const blazon = await start(t as Test)
    const { id, links } = await issue(blazon)
    const seen = new Set<string>()
    const look = async (what: string, picture = 'card.png') => {
      const address = `${links.page}/${picture}`
      const { rawPayload, statusCode } = await get(blazon, address)
      const bytes = rawPayload.toString('base64')
      t.notOk(seen.has(bytes), `${what}: another ${picture}`)
      seen.add(bytes)
      t.ok((await get(blazon, address)).rawPayload.equals(rawPayload), `${what}: the same again`)
      return statusCode
    }
    t.equal(await look('valid'), 200)
    for (const { lang } of languagesOf('badge').filter((words) => words.lang !== 'en'))
      t.equal(await look(lang, `card.png?lang=${lang}`), 200)
    await change(blazon, id, 'privacy', { nameDisplay: 'initials' })
    t.equal(await look('initials'), 200)
    await change(blazon, id, 'privacy', { nameDisplay: 'hidden' })
    t.equal(await look('no name'), 200)
    t.equal(await look('valid', 'signature.png'), 200)
    await change(blazon, id, 'suspend')
    t.equal(await look('under review'), 200)
    t.equal(await look('under review', 'signature.png'), 200)
    await change(blazon, id, 'reinstate')
    blazon.clock.set('2030-01-01T00:00:00.000Z')
    t.equal(await look('expired'), 200)
    t.equal(await look('expired', 'signature.png'), 200)
    await change(blazon, id, 'revoke', { class: 'withdrawn' })
    t.equal(await look('withdrawn'), 410)
    t.equal(await look('withdrawn', 'signature.png'), 410)
  },
)

t.test(
  'a language that nobody speaks here is English, whatever the reader’s browser wants',
  async (t) => {
    const blazon = await start(t as Test)
    const { links } = await issue(blazon)
    const plain = (await get(blazon, `${links.page}/card.png`)).rawPayload
    for (const query of ['?lang=xx', '?lang=', '?lang=en&lang=en', '?lang[]=zh-CN'])
      t.ok((await get(blazon, `${links.page}/card.png${query}`)).rawPayload.equals(plain), query)
    const chinese = { 'accept-language': 'zh-CN' }
    t.ok((await get(blazon, `${links.page}/card.png`, chinese)).rawPayload.equals(plain))
  },
)

t.test(
  'while a name cannot be drawn whole its card is withheld, and networks have the picture alone',
  async (t) => {
    const blazon = await start(t as Test)
    const strange = { ...passEvent().candidate, fullName: '\u{12000}\u{12001}' }
    const { id, links } = await issue(blazon, { candidate: strange })
    const size = async () => {
      const { width, height } = await sharp(
        (await get(blazon, `${links.page}/card.png`)).rawPayload,
      ).metadata()
      return [width, height]
    }
    t.same(await size(), [600, 600])
    const { body } = await get(blazon, links.page)
    t.equal(card(body), links.image)
    t.match(body, /json\+oembed/)
    await change(blazon, id, 'suspend')
    const now = await Promise.all(
      [`${links.page}/card.png`, links.image].map((at) => get(blazon, at)),
    )
    t.ok(now[0]?.rawPayload.equals(now[1]?.rawPayload ?? Buffer.alloc(0)), 'with its ribbon')
    await change(blazon, id, 'reinstate')
    await change(blazon, id, 'privacy', { nameDisplay: 'hidden' })
    t.same(await size(), [1200, 630])
    t.match(card((await get(blazon, links.page)).body), /card\.png/)
  },
)

const people = 2000
const atOnce = 200
const mostReads = 60

/** Badges whose cards all differ, and which nobody has asked for yet: the address of each page. */
async function crowd(blazon: Started) {
  const pages = []
  for (let index = 0; index < 40; index += 1) {
    const candidate = { ...passEvent().candidate, id: `C-${index}`, fullName: `Ada ${index} King` }
    pages.push((await issue(blazon, { resultId: `R-${index}`, candidate })).links.page)
  }
  return pages
}

/** Everybody asks for theirs, two hundred at a time, while somebody reads a page again and again: the answers, and how long reading took. */
async function flood(blazon: Started, addresses: string[], watched: string) {
  const answers: { statusCode: number; retryAfter: unknown }[] = []
  const reads: { statusCode: number; took: number }[] = []
  let left = people
  const ask = async () => {
    while (left > 0) {
      left -= 1
      const { statusCode, headers } = await get(blazon, addresses[left % addresses.length] ?? '')
      answers.push({ statusCode, retryAfter: headers['retry-after'] })
    }
  }
  const read = async () => {
    while (left > 0 && reads.length < mostReads) {
      const begun = performance.now()
      const { statusCode } = await get(blazon, watched)
      reads.push({ statusCode, took: performance.now() - begun })
    }
  }
  await Promise.all([...Array.from({ length: atOnce }, ask), read()])
  return { answers, reads, median: median(reads.map(({ took }) => took)) }
}

rest(t).test(
  'thousands who ask for cards at once are answered or sent away, while badge pages wait no longer than behind as many pages',
  async (t) => {
    const blazon = await start(t as Test)
    const pages = await crowd(blazon)
    // One at a time and two in wait, so that a crowd meets the bounds on any machine.
    blazon.tools.previews = makePreviews({ atOnce: 1, waiting: 2, bytes: 1_000_000 })
    const [watched = ''] = pages
    const plain = await flood(blazon, pages, watched)
    const cards = await flood(
      blazon,
      pages.map((page) => `${page}/card.png`),
      watched,
    )
    const drawn = cards.answers.filter(({ statusCode }) => statusCode === 200)
    const away = cards.answers.filter(({ statusCode }) => statusCode === 503)
    t.equal(drawn.length + away.length, people, 'nobody is left without an answer')
    t.ok(drawn.length > 0 && away.length > 0, `${drawn.length} got one, ${away.length} did not`)
    t.ok(
      away.every(({ retryAfter }) => retryAfter === '5'),
      'and know when to ask again',
    )
    t.ok(cards.reads.length > 3 && cards.reads.every(({ statusCode }) => statusCode === 200))
    const ratio = cards.median / plain.median
    t.ok(ratio < 3, `a page took ${ratio.toFixed(2)} times as long as behind as many pages`)
    t.equal((await get(blazon, `${watched}/card.png`)).statusCode, 200, 'and then all is well')
  },
)

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
