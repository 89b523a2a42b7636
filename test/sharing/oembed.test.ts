import t, { type Test } from 'tap'
import { change, get, issue, publicUrl, type Started, start } from '../help/start.ts'

const ask = async (blazon: Started, query: Record<string, string>) =>
  get(blazon, `/oembed?${new URLSearchParams(query)}`)

t.test('a site that reads a public page finds by itself what it may embed', async (t) => {
  const blazon = await start(t as Test)
  const { id, links } = await issue(blazon)
  const page = (await get(blazon, links.page)).body
  const found = /<link rel="alternate" type="application\/json\+oembed" href="([^"]*)">/.exec(
    page,
  )?.[1]
  const answer = await get(blazon, String(found).replaceAll('&amp;', '&'))
  t.match(answer.json(), {
    version: '1.0',
    type: 'rich',
    width: 320,
    height: 180,
    provider_url: publicUrl,
    thumbnail_url: `${links.page}/card.png`,
  })
  const src = /<iframe src="([^"]*)"/.exec(answer.json().html)?.[1]
  t.equal((await get(blazon, String(src))).statusCode, 200)
  t.match(answer.json().html, /^<iframe [^<>]* title="[^"]+" [^<>]*><\/iframe>$/)
  await change(blazon, id, 'privacy', { visibility: 'private' })
  const own = await get(blazon, links.page, blazon.auth)
  t.equal(own.statusCode, 200)
  t.notMatch(own.body, /oembed|card\.png/, 'not even its owner is offered what nobody could fetch')
})

t.test('what is embedded keeps to the room that the site has, the thumbnail too', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const size = async (room: Record<string, string>) => {
    const answer = (await ask(blazon, { url: links.page, format: 'json', ...room })).json()
    t.match(answer.html, `width="${answer.width}" height="${answer.height}"`)
    return [answer.width, answer.height, answer.thumbnail_width]
  }
  t.same(await size({}), [320, 180, 1200])
  t.same(await size({ maxwidth: '200' }), [200, 180, undefined])
  t.same(await size({ maxheight: '100' }), [320, 100, undefined])
  t.same(await size({ maxwidth: '1200', maxheight: '630' }), [320, 180, 1200])
  t.same(await size({ maxwidth: '1', maxheight: '1' }), [1, 1, undefined])
})

t.test('another format is refused as oEmbed says, whatever it is asked for', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  for (const url of [links.page, 'https://other.example/', '']) {
    const answer = await ask(blazon, { url, format: 'xml' })
    t.equal(answer.statusCode, 501)
    t.match(answer.json(), { detail: /format=json/ })
  }
})

t.test('an address that is none of a public badge has one answer', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const { links: unseen } = await issue(blazon, {
    resultId: 'R-2',
    visibility: 'link',
    candidate: other,
  })
  const none = await ask(blazon, { url: `${publicUrl}/b/AAAAAAAAAAAAAAAAAAAAAA` })
  t.equal(none.statusCode, 404)
  for (const url of [
    unseen.page,
    `${unseen.page}?share=${'A'.repeat(22)}`,
    `${links.page}?share=${'A'.repeat(22)}`,
    `${links.page}/`,
    `${links.page}.json`,
    `${links.page}#top`,
    links.image,
    links.page.replace(publicUrl, 'https://other.example'),
    links.page.replace(publicUrl, `${publicUrl}.other.example`),
    links.page.replace('https:', 'http:'),
    publicUrl,
    'javascript:alert(1)',
    '',
  ]) {
    const answer = await ask(blazon, { url })
    t.same([answer.statusCode, answer.body], [none.statusCode, none.body], url)
  }
  for (const query of ['?lang=en', '?lang=zh-CN'])
    t.equal((await ask(blazon, { url: links.page + query })).statusCode, 200, query)
})

const other = { id: 'C-2', fullName: 'Ada Lovelace', email: 'ada@example.com' }
