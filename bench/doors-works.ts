import { alignments, grid, withAchievement } from '../test/verifying/hostile.ts'
import { at, type DoorsScene, type Route, type Sent } from './doors-scene.ts'

/** One request to one address, and the route that it is about. */
export type Door = { name: string; ask: () => Promise<{ statusCode: number }> }

/** The known worst requests that a stranger can send, and the largest request that each public route takes. */
export async function doors(scene: DoorsScene): Promise<Door[]> {
  const hostile = Object.entries(await hostileDoors(scene)).map(([name, ask]) => ({ name, ask }))
  return [...hostile, ...scene.routes.filter(isOpen).flatMap((route) => routeDoors(scene, route))]
}

/** Whether strangers reach more of a route than the check of their key. */
function isOpen({ url }: Route) {
  return !url.startsWith('/assets/')
}

/** The requests to a route: as browsers send them, as programs send them, and with the longest body that it reads. */
function routeDoors({ ask, badge }: DoorsScene, { method, url }: Route): Door[] {
  const address = url.replace(/:(\w+)/g, (_, name) => exampleOf(name, url, at(badge.links.page)))
  const name = `${method} ${url}`
  if (method === 'GET')
    return [
      { name, ask: () => ask(address, { headers: { accept: 'text/html' } }) },
      { name: `${name}, as a program`, ask: () => ask(address) },
    ]
  const bodies: Sent[] = [
    { payload: '['.repeat(60_000), headers: { 'content-type': 'application/json' } },
    {
      payload: 'a=&'.repeat(5400),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  ]
  return bodies.map((sent, number) => ({
    name: number === 0 ? name : `${name}, a form`,
    ask: () => ask(address, { method, ...sent }),
  }))
}

const secret = 'A'.repeat(43)

function exampleOf(name: string, url: string, page: string): string {
  const values: Record<string, string> = {
    slug: page.slice('/b/'.length),
    key: url.startsWith('/keys/') || url.startsWith('/ob2/') ? 'rsa-1' : '',
    achievement: 'practitioner',
    version: '1',
    list: '1',
    part: 'badges-1.xml',
    secret,
    link: secret,
    credential: secret,
    handle: 'nobody',
    adapter: 'psi',
    source: 'bench',
    id: '00000000-0000-4000-8000-000000000000',
  }
  const value = values[name]
  if (!value) throw new Error(`bench/doors-works.ts has no value for :${name} of ${url}`)
  return value
}

async function hostileDoors({ ask, badge, tools }: DoorsScene) {
  const page = at(badge.links.page)
  const genuine = (await ask(`${page}/credential.json`)).body
  const json = { 'content-type': 'application/json' }
  // As bytes, as the network delivers them: encoding 8 MB of text is not the server's work.
  const verify = (text: string, type = 'application/json') => {
    const payload = Buffer.from(text)
    return () => ask('/v1/verify', { method: 'POST', payload, headers: { 'content-type': type } })
  }
  const get =
    (url: string, headers = {}) =>
    () =>
      ask(url, { headers })
  const signed =
    (type: string, size: number, payload = Buffer.alloc(size, 'a')) =>
    () =>
      ask('/v1/exam-results', {
        method: 'POST',
        payload,
        headers: {
          'content-type': type,
          'webhook-id': 'm',
          'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
          'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
        },
      })

  const document = JSON.stringify(withAchievement(genuine, { alignment: alignments(135) }))
  return {
    'the badge page': get(page, { accept: 'text/html' }),
    'verify, 135 alignments': verify(document),
    'verify, 8 MB of brackets': verify('['.repeat(8_000_000)),
    'verify, 8 MB of one string': verify(`{"type":"Assertion","id":"${'a'.repeat(8_000_000)}"}`),
    'verify, a grid': verify(JSON.stringify(grid(genuine, [10, 10]))),
    'verify, 8 MB of SVG': verify(
      `<svg xmlns="http://www.w3.org/2000/svg">${'<g/>'.repeat(1_900_000)}</svg>`,
      'image/svg+xml',
    ),
    'the badge page, checked now': get(`${page}?check=now`, { accept: 'text/html' }),
    'a webhook, 10 MB, wrongly signed': signed('text/csv', 10 * 1024 * 1024),
    'a webhook, 64 KB, wrongly signed': signed('application/json', 65_000),
    home: get('/', { accept: 'text/html' }),
    help: get('/help', { accept: 'text/html' }),
    privacy: get('/privacy', { accept: 'text/html' }),
    docs: get('/docs', { accept: 'text/html' }),
    'openapi.json': get('/openapi.json'),
    directory: get('/directory', { accept: 'text/html' }),
    'directory, a common word': get('/directory?q=zhang&page=200', { accept: 'text/html' }),
    'directory, many words': get(`/directory?q=${'z%20'.repeat(2000)}`, { accept: 'text/html' }),
    'directory feed': get('/directory/feed.json'),
    'sitemap.xml': get('/sitemap.xml'),
    'sitemap part': get('/sitemaps/badges-1.xml'),
    oembed: get(`/oembed?url=${encodeURIComponent(badge.links.page)}`),
    'oembed, a long url': get(`/oembed?url=${'a'.repeat(15_000)}`),
    embed: get(`/embed/${page.slice(3)}`, { accept: 'text/html' }),
    'card.png': get(`${page}/card.png`),
    'picture.png': get(`${page}/picture.png`),
    'picture-1200.png': get(`${page}/picture-1200.png`),
    'signature.png': get(`${page}/signature.png`),
    'badge.png': get(`${page}/badge.png`),
    'badge.svg': get(`${page}/badge.svg`),
    'badge-ob2.svg': get(`${page}/badge-ob2.svg`),
    'credential.jwt': get(`${page}/credential.jwt`),
    'assertion.jws': get(`${page}/assertion.jws`),
    'hosted assertion': get(at(badge.links.assertion)),
    'ob3 issuer': get('/ob3/issuer'),
    'did.json': get('/.well-known/did.json'),
    'jwks.json': get('/.well-known/jwks.json'),
    'status list, signed again': () => {
      tools.statusLists.clear()
      return ask('/status/1')
    },
    'status/revoked': get('/status/revoked'),
    'sign-in, 16 KB of fields': () =>
      ask('/sign-in', {
        method: 'POST',
        payload: 'a=&'.repeat(5400),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    'long Accept and Accept-Language': get(page, {
      accept: 'text/html;q=0.1,'.repeat(400),
      'accept-language': 'zh-CN;q=0.1,'.repeat(500),
    }),
    'many cookies': get(page, { cookie: 'a=b; '.repeat(2500) }),
    'xapi without a key': () =>
      ask('/xapi/statements', {
        method: 'POST',
        payload: Buffer.alloc(1_000_000, '['),
        headers: json,
      }),
    'bounces without a key': () =>
      ask('/v1/mails/bounces', {
        method: 'POST',
        payload: Buffer.alloc(60_000, '['),
        headers: json,
      }),
  }
}
