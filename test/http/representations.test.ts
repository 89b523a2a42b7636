import t, { type Test } from 'tap'
import { objectType } from '../../src/http/negotiation.ts'
import { get, issue, type Started, start } from '../help/start.ts'

const java = 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2'
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

t.test('If-None-Match: `*`, lists and weak tags (RFC 9110, 13.1.2)', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  for (const address of ['/ob3/issuer', links.page, links.credential, links.assertion]) {
    const { etag = '' } = (await get(blazon, address)).headers as { etag?: string }
    t.match(etag, /^"[\w-]+"$/, 'a strong tag')
    const cases: [string, number][] = [
      ['*', 304],
      [' * ', 304],
      [etag, 304],
      [`W/${etag}`, 304],
      [`"a,b", ${etag}`, 304],
      [`"other",W/"another" , W/${etag}`, 304],
      ['"other"', 200],
      [`"${etag.slice(1, -1)}x"`, 200],
      [etag.slice(1, -1), 200],
    ]
    for (const [tag, status] of cases) {
      const answer = await get(blazon, address, { 'if-none-match': tag })
      t.equal(answer.statusCode, status, `${address}: ${tag}`)
      if (status === 304) t.equal(answer.body, '')
    }
  }
  const gone = await get(blazon, '/ob2/assertions/AAAAAAAAAAAAAAAAAAAAAA', { 'if-none-match': '*' })
  t.equal(gone.statusCode, 404, 'what is not there, nobody has')
})

t.test('a strong ETag is of one representation', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const accepts = [
    ...['text/html', 'application/json', 'application/ld+json', 'application/vc+ld+json'],
    ...['application/vc', 'application/did+json', 'application/did+ld+json'],
  ]
  for (const address of ['/ob3/issuer', '/.well-known/did.json', ...Object.values(links)]) {
    const types = new Map<unknown, unknown>()
    for (const accept of accepts) {
      const { headers } = await get(blazon, address, { accept })
      const known = types.get(headers.etag) ?? headers['content-type']
      t.equal(headers['content-type'], known, `${address}, ${accept}: ${headers.etag}`)
      types.set(headers.etag, known)
      t.match(headers.vary, /\bAccept\b/)
    }
  }
})

t.test('the DID document goes by each of its names', async (t) => {
  const blazon = await start(t as Test)
  const cases: [string | undefined, string][] = [
    [undefined, 'application/did+ld+json'],
    ['*/*', 'application/did+ld+json'],
    ['application/did+ld+json', 'application/did+ld+json'],
    ['application/did+json', 'application/did+json'],
    ['application/json', 'application/json'],
    ['application/ld+json', 'application/ld+json'],
    ['application/json, application/did+json;q=0.9', 'application/json'],
    ['application/did+json, */*', 'application/did+json'],
    ['text/html', 'application/did+ld+json'],
  ]
  for (const [accept, type] of cases) {
    const answer = await get(blazon, '/.well-known/did.json', accept ? { accept } : {})
    t.equal(answer.headers['content-type'], `${type}; charset=utf-8`, accept ?? 'none')
  }
})

t.test('Java’s own Accept gets JSON-LD from every document, a browser’s its page', async (t) => {
  t.equal(objectType(java), 'application/ld+json')
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const assertion = (await get(blazon, links.assertion)).json()
  const { issuer } = (await get(blazon, assertion.badge)).json()
  const credential = (await get(blazon, links.credential)).json()
  const { id: achievement } = credential.credentialSubject.achievement
  for (const address of [links.assertion, assertion.badge, issuer, '/ob3/issuer', achievement]) {
    const type = async (accept: string) =>
      (await get(blazon, address, { accept })).headers['content-type']
    t.equal(await type(java), 'application/ld+json; charset=utf-8', address)
    t.equal(await type(browser), 'text/html; charset=utf-8', address)
    t.equal(await type(`${java}, application/xhtml+xml`), 'text/html; charset=utf-8', address)
  }
})

t.test('a badge is verified under each media type that it goes by', async (t) => {
  const blazon = await start(t as Test)
  const { links } = await issue(blazon)
  const text = async (address: string) => (await get(blazon, address)).body
  const [credential, jwt, jws] = [
    await text(links.credential),
    await text(links.credentialJwt),
    await text(links.assertionJws),
  ]
  const json = ['json', 'ld+json', 'vc+ld+json', 'vc', 'vc+json'].map(
    (name) => `application/${name}`,
  )
  for (const type of json) t.equal(await verdict(blazon, type, credential), 'valid', type)
  for (const type of [
    'text/plain',
    'application/jwt',
    'application/vc+jwt',
    'application/VC+JWT; a=b',
  ])
    for (const each of [jwt, jws]) t.equal(await verdict(blazon, type, each), 'valid', type)
})

async function verdict({ app }: Started, type: string, payload: string) {
  const headers = { 'content-type': type }
  const answer = await app.inject({ method: 'POST', url: '/v1/verify', headers, payload })
  return answer.statusCode === 200 ? answer.json().verdict : answer.statusCode
}
