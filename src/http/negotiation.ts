/** How much a client wants a type: from 0 to 1; `named` when the header has it by name and not by wildcard. */
type Wish = { quality: number; named: boolean }

/** What an `Accept` header says of a media type (RFC 9110, 12.5.1): the most specific range counts. No header accepts all. */
export function wish(accept: string | undefined, type: string): Wish {
  const header = accept?.trim() || '*/*'
  const known = new Map(header.split(',').map(readRange))
  const exact = known.get(type)
  if (exact !== undefined) return { quality: exact, named: true }
  const wild = known.get(`${type.split('/')[0]}/*`) ?? known.get('*/*') ?? 0
  return { quality: wild, named: false }
}

/** What an `Accept-…` header names, what is wanted most first (RFC 9110, 12.5.4); without what is not wanted at all. */
export function ranges(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map(readRange)
    .filter(([name, quality]) => name !== '' && quality > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name]) => name)
}

function readRange(text: string): [string, number] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  const quality = weight === undefined ? 1 : Number(weight)
  return [type, Number.isFinite(quality) ? Math.min(Math.max(quality, 0), 1) : 0]
}

const jsonTypes = ['application/ld+json', 'application/json']

/**
 * The type for an object address: JSON-LD unless HTML outranks the JSON types (conformance 2.1 to 2.3); a client that takes
 * only `application/json` gets that name.
 */
export function objectType(
  accept: string | undefined,
): 'text/html' | 'application/ld+json' | 'application/json' {
  const json = Math.max(...jsonTypes.map((type) => wish(accept, type).quality))
  const html = wish(accept, 'text/html')
  if (html.named && html.quality > json) return 'text/html'
  const linked = wish(accept, 'application/ld+json').quality
  return linked === 0 && wish(accept, 'application/json').quality > 0
    ? 'application/json'
    : 'application/ld+json'
}

/** The type for a page: HTML, unless a JSON type is named and HTML is not wanted as much (privacy, rule 9). */
export function pageType(accept: string | undefined): 'text/html' | 'application/json' {
  const json = jsonTypes.map((type) => wish(accept, type)).filter(({ named }) => named)
  const best = Math.max(0, ...json.map(({ quality }) => quality))
  const html = wish(accept, 'text/html')
  return best > 0 && (!html.named || best > html.quality) ? 'application/json' : 'text/html'
}

const credentialTypes = [
  'application/vc+ld+json',
  'application/vc',
  'application/ld+json',
  'application/json',
]

/** The name for a credential's JSON: the first that the client takes (conformance 14.1). */
export function credentialType(accept: string | undefined): string {
  return credentialTypes.find((type) => wish(accept, type).quality > 0) ?? 'application/vc+ld+json'
}
