import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { codingFor } from '../../src/http/codings.ts'
import { stylePath } from '../../src/pages/assets.ts'
import { owner } from '../help/profile.ts'
import { change, issue, publicUrl, type Started, start } from '../help/start.ts'

const decode = { br: brotliDecompressSync, gzip: gunzipSync }
const browser = 'gzip, deflate, br, zstd'

async function ask({ app }: Started, address: string, headers: object, method = 'GET') {
  const { pathname, search } = new URL(address, publicUrl)
  const answer = await app.inject({
    method: method as 'GET',
    url: pathname + search,
    headers: { ...headers },
  })
  const { date: _, connection: __, ...sent } = answer.headers
  return { status: answer.statusCode, headers: sent, body: answer.rawPayload }
}

t.test('the coding that a client wants most (RFC 9110, 12.5.3)', async (t) => {
  const cases: [string | undefined, string][] = [
    [undefined, 'identity'],
    ['', 'identity'],
    [browser, 'br'],
    ['gzip, deflate', 'gzip'],
    ['BR', 'br'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip;q=0', 'identity'],
    ['br;q=0, *', 'gzip'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['*;q=0, gzip', 'gzip'],
    ['identity', 'identity'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['identity, br;q=0.5', 'identity'],
    ['identity;q=0.5, br', 'br'],
    ['deflate, zstd', 'identity'],
    ['br;q=x', 'identity'],
  ]
  for (const [header, coding] of cases) t.equal(codingFor(header), coding, header ?? 'none')
})

t.test('what everyone gets is compressed, and decodes to the same bytes', async (t) => {
  const started = await start(t as Test)
  const { id, links } = await issue(started)
  const check = async (addresses: string[], status: number) => {
    // What is made and what is kept.
    for (const address of addresses)
      for (const [accepted, coding] of [
        [browser, 'br'],
        ['gzip', 'gzip'],
      ] as const)
        for (let turn = 0; turn < 3; turn += 1) {
          const plain = await ask(started, address, {})
          const coded = await ask(started, address, { 'accept-encoding': accepted })
          const what = `${address}, ${coding}`
          t.same([plain.status, coded.status], [status, status], what)
          t.equal(coded.headers['content-encoding'], coding, what)
          t.ok(decode[coding](coded.body).equals(plain.body), what)
          t.ok(coded.body.length < plain.body.length, what)
          t.equal(coded.headers['content-length'], String(coded.body.length), what)
          t.match(coded.headers.vary, /, Accept-Encoding$/, what)
          t.equal(coded.headers['content-type'], plain.headers['content-type'], what)
          const head = await ask(started, address, { 'accept-encoding': accepted }, 'HEAD')
          t.same(head.headers, coded.headers, what)
        }
  }
  const page = new URL(links.page).pathname
  await check(
    [
      ...[page, `${page}.json`, links.credential, links.assertion, links.bakedSvg],
      ...['/', '/status/1', '/ob3/issuer', '/.well-known/did.json', stylePath],
    ],
    200,
  )
  await change(started, id, 'revoke', { class: 'withdrawn' })
  await check([page], 410)
})

t.test('each coding has a tag of its own, and its 304 (RFC 9110, 8.8.3.3)', async (t) => {
  const started = await start(t as Test)
  const { links } = await issue(started)
  for (const address of [links.page, links.credential, links.assertion, '/ob3/issuer', stylePath]) {
    const tags = new Map<string, string>()
    for (const accepted of ['identity', 'gzip', 'br'])
      tags.set(
        accepted,
        String((await ask(started, address, { 'accept-encoding': accepted })).headers.etag),
      )
    t.equal(new Set(tags.values()).size, 3, `${address}: ${[...tags.values()]}`)
    for (const [accepted, own] of tags)
      for (const etag of tags.values())
        for (let turn = 0; turn < 3; turn += 1) {
          const takes = { 'accept-encoding': accepted, 'if-none-match': etag }
          const answer = await ask(started, address, takes)
          t.equal(answer.status, etag === own ? 304 : 200, `${address}, ${accepted}, ${etag}`)
          if (etag !== own) continue
          t.equal(answer.headers.etag, own)
          t.match(answer.headers.vary, /Accept-Encoding/)
          t.equal(answer.headers['content-encoding'], undefined)
        }
  }
})

t.test('pictures and signed texts are sent as they are, to every client alike', async (t) => {
  const started = await start(t as Test)
  const { links } = await issue(started)
  for (const address of [links.image, links.bakedPng, links.credentialJwt, links.assertionJws]) {
    const plain = await ask(started, address, {})
    for (let turn = 0; turn < 2; turn += 1)
      t.same(await ask(started, address, { 'accept-encoding': browser }), plain, address)
  }
})

t.test(
  'a page for one visitor is never compressed; a file that never changes is (BREACH)',
  async (t) => {
    const started = await start(t as Test)
    const badge = await issue(started)
    const { secret } = await owner(started, 'zhang.wei@example.com', [badge])
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0'
    const signedIn = { cookie: `__Host-blazon-session=${secret}`, 'user-agent': agent }
    const secrets = [signedIn, started.auth, { authorization: 'Bearer wrong' }]
    t.equal((await ask(started, '/my/badges', signedIn)).status, 200)
    for (const each of secrets) {
      const headers = { ...each, 'accept-encoding': browser }
      for (const address of [badge.links.page, badge.links.credential, '/my/badges', '/sign-in'])
        t.equal(
          (await ask(started, address, headers)).headers['content-encoding'],
          undefined,
          address,
        )
      const style = await ask(started, stylePath, headers)
      t.equal(style.headers['content-encoding'], 'br')
      t.equal(style.headers['cache-control'], 'private, no-store')
    }
    const shared = await ask(started, `${badge.links.page}?share=${'A'.repeat(22)}`, {
      'accept-encoding': browser,
    })
    t.equal(shared.headers['content-encoding'], undefined)
  },
)

t.test('a hidden badge and none are answered alike in every coding', async (t) => {
  const started = await start(t as Test)
  const { links } = await issue(started, { visibility: 'private' })
  for (const address of [links.page, links.credential, links.assertion, links.image])
    for (const accepted of ['', 'gzip', browser, 'identity;q=0'])
      for (let turn = 0; turn < 2; turn += 1) {
        const takes = { 'accept-encoding': accepted }
        const none = await ask(started, address.replace(/[\w-]{22}/, 'A'.repeat(22)), takes)
        t.equal(none.status, 404)
        t.same(await ask(started, address, takes), none, `${address}, ${accepted}`)
      }
})
