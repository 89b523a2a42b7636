/** An address that answers everybody alike, whatever any badge is: how, and for how long it may be kept. */
export type Document = { route: string; at?: string; type: string; keeps: string }

const seconds = (count: number) => `public, max-age=${count}`
const linked = 'application/ld+json; charset=utf-8'
const feed = 'application/feed+json; charset=utf-8'
const xml = 'application/xml; charset=utf-8'
const png = 'image/png'
const achievement = (path: string) => path.replace(':achievement/:version', 'practitioner/1')
const picture = (size: string): Document => {
  const route = `/ob3/achievements/:achievement/:version/picture${size}.png`
  return { route, at: achievement(route), type: png, keeps: seconds(86400) }
}

/** The rows that are about no badge. */
export const documents: Document[] = [
  { route: '/', type: 'text/html; charset=utf-8', keeps: seconds(300) },
  { route: '/privacy', type: 'text/html; charset=utf-8', keeps: seconds(300) },
  { route: '/help', type: 'text/html; charset=utf-8', keeps: seconds(300) },
  { route: '/docs', type: 'text/html; charset=utf-8', keeps: seconds(300) },
  { route: '/robots.txt', type: 'text/plain; charset=utf-8', keeps: seconds(300) },
  { route: '/directory', type: 'text/html; charset=utf-8', keeps: 'no-cache' },
  { route: '/directory/feed.json', type: feed, keeps: 'no-cache' },
  { route: '/sitemap.xml', type: xml, keeps: 'no-cache' },
  { route: '/sitemaps/:part', at: '/sitemaps/site.xml', type: xml, keeps: 'no-cache' },
  { route: '/openapi.json', type: 'application/json; charset=utf-8', keeps: seconds(300) },
  { route: '/favicon.svg', type: 'image/svg+xml', keeps: seconds(86400) },
  { route: '/livez', type: 'application/json; charset=utf-8', keeps: 'no-store' },
  { route: '/readyz', type: 'application/json; charset=utf-8', keeps: 'no-store' },
  { route: '/ob2/:key/issuer', at: '/ob2/rsa-1/issuer', type: linked, keeps: seconds(300) },
  { route: '/ob2/:key/key', at: '/ob2/rsa-1/key', type: linked, keeps: seconds(300) },
  {
    route: '/ob2/:key/revocations',
    at: '/ob2/rsa-1/revocations',
    type: linked,
    keeps: seconds(300),
  },
  {
    route: '/ob2/:key/achievements/:achievement/:version',
    at: '/ob2/rsa-1/achievements/practitioner/1',
    type: linked,
    keeps: seconds(300),
  },
  { route: '/ob3/issuer', type: linked, keeps: seconds(300) },
  {
    route: '/ob3/achievements/:achievement/:version',
    at: '/ob3/achievements/practitioner/1',
    type: linked,
    keeps: seconds(300),
  },
  ...['', '-1200', '-600', '-400', '-192', '-96'].map(picture),
  { route: '/status/revoked', type: 'application/json; charset=utf-8', keeps: seconds(300) },
  {
    route: '/status/:list',
    at: '/status/1',
    type: 'application/vc+ld+json; charset=utf-8',
    keeps: seconds(300),
  },
  {
    route: '/.well-known/did.json',
    type: 'application/did+ld+json; charset=utf-8',
    keeps: seconds(300),
  },
  {
    route: '/.well-known/jwks.json',
    type: 'application/jwk-set+json; charset=utf-8',
    keeps: seconds(300),
  },
  {
    route: '/keys/:key',
    at: '/keys/rsa-1',
    type: 'application/jwk+json; charset=utf-8',
    keeps: seconds(300),
  },
]

/** What is about one person, who is shown only if they want; `profiles.test.ts` walks them. */
export const profiles = ['/u/:handle', '/u/:handle/feed.json']

/** Addresses that need a key, and so are not public, and the two that take what the public sends. */
export const notPublic =
  /^\/(metrics|v1\/(exam-results|adapters|badges|review|candidates|mails))(\/|$)/
export const others = ['/v1/verify', '/*']

/** Pages of whoever is signed in; everybody else is led to where they can sign in. */
export const ownersOnly = /^\/(my|address)(\/|$)/
/** Pages that a mailed secret opens, and the one that asks for a mail: the same for everybody who has none. */
export const mailed = /^\/(sign-in|claim)(\/|$)/
