import { latestUsed } from '../domain/work/latest-used.ts'

/** How much a client wants a media type: from 0 to 1. `named` when the header has the type itself, not a wildcard. */
type Wish = { quality: number; named: boolean }

/**
 * What an `Accept` header says about a media type (RFC 9110, 12.5.1): the most specific range counts. No header accepts
 * all.
 */
export function wish(accept: string | undefined, type: string): Wish {
  const header = accept?.trim() || '*/*'
  const known = new Map(header.split(',').map(readRange))
  const exact = known.get(type)
  if (exact !== undefined) return { quality: exact, named: true }
  const wild = known.get(`${type.split('/')[0]}/*`) ?? known.get('*/*') ?? 0
  return { quality: wild, named: false }
}

/** The values of an `Accept-…` header, most wanted first (RFC 9110, 12.5.4), without the refused ones. */
export function ranges(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map(readRange)
    .filter(([name, quality]) => name !== '' && quality > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name]) => name)
}

/** A value of an `Accept-…` header with its weight, from 0 to 1 (RFC 9110, 12.4.2). */
export function readRange(text: string): [string, number] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  const quality = weight === undefined ? 1 : Number(weight)
  return [type, Number.isFinite(quality) ? Math.min(Math.max(quality, 0), 1) : 0]
}

const mostHeaders = 200

/** Decides once for each header: clients send few different ones. */
export function remembered<Answer extends string>(
  decide: (accept: string | undefined) => Answer,
): (accept: string | undefined) => Answer {
  const known = latestUsed<Answer>(mostHeaders)
  return (accept = '') => {
    const before = known.get(accept)
    if (before !== undefined) return before
    const answer = decide(accept)
    known.set(accept, answer)
    return answer
  }
}

const jsonTypes = ['application/ld+json', 'application/json']

/**
 * The media type for an object's address: JSON-LD unless HTML outranks the JSON types (conformance 2.1 to 2.3). A
 * client that accepts only `application/json` gets that type.
 */
export const objectType = remembered(decideObjectType)

function decideObjectType(
  accept: string | undefined,
): 'text/html' | 'application/ld+json' | 'application/json' {
  const json = Math.max(...jsonTypes.map((type) => wish(accept, type).quality))
  const html = wish(accept, 'text/html')
  if (html.named && html.quality > json && !isJavas(accept)) return 'text/html'
  const linked = wish(accept, 'application/ld+json').quality
  return linked === 0 && wish(accept, 'application/json').quality > 0
    ? 'application/json'
    : 'application/ld+json'
}

/**
 * Whether a header is the default of Java's HttpURLConnection: `text/html, image/gif, image/jpeg, *; q=.2, any/any;
 * q=.2`. Java programs want documents; a browser also names application/xhtml+xml.
 */
function isJavas(accept: string | undefined): boolean {
  const named = new Set((accept ?? '').split(',').map((range) => readRange(range)[0]))
  return (
    ['text/html', 'image/gif', 'image/jpeg', '*'].every((type) => named.has(type)) &&
    !named.has('application/xhtml+xml')
  )
}

/** The media type for a page: HTML, unless the header names a JSON type and prefers it to HTML (privacy, rule 9). */
export const pageType = remembered(decidePageType)

function decidePageType(accept: string | undefined): 'text/html' | 'application/json' {
  const json = jsonTypes.map((type) => wish(accept, type)).filter(({ named }) => named)
  const best = Math.max(0, ...json.map(({ quality }) => quality))
  const html = wish(accept, 'text/html')
  return best > 0 && (!html.named || best > html.quality) ? 'application/json' : 'text/html'
}

const documentTypes = ['application/vc+ld+json', 'application/vc', 'application/ld+json'] as const

/**
 * The media type for the address of a badge's page: as for any page, or the document type that the client wants most.
 * Of equally wanted types, the most specific comes first. Java's default header gets JSON-LD, as at object addresses.
 */
export const badgePageType = remembered(decideBadgePageType)

function decideBadgePageType(
  accept: string | undefined,
): 'text/html' | 'application/json' | (typeof documentTypes)[number] {
  if (isJavas(accept)) return 'application/ld+json'
  const named = [...documentTypes, 'application/json' as const]
    .map((type) => ({ type, ...wish(accept, type) }))
    .filter((each) => each.named && each.quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
  const html = wish(accept, 'text/html')
  const [best] = named
  return best && (!html.named || best.quality > html.quality) ? best.type : 'text/html'
}

const didTypes = [
  'application/did+ld+json',
  'application/did+json',
  'application/ld+json',
  'application/json',
]

/**
 * The media type of a DID document: the one that the client wants most, the first of equals (DID Core, 6.2 and 6.3).
 */
export const didType = remembered(decideDidType)

function decideDidType(accept: string | undefined): string {
  const wanted = didTypes
    .map((type) => ({ type, ...wish(accept, type) }))
    .toSorted(
      (one, other) => other.quality - one.quality || Number(other.named) - Number(one.named),
    )
  return wanted[0]?.type ?? 'application/did+ld+json'
}

const credentialTypes = [
  'application/vc+ld+json',
  'application/vc',
  'application/ld+json',
  'application/json',
]

/** The media type of a credential's JSON: the first that the client accepts (conformance 14.1). */
export const credentialType = remembered(decideCredentialType)

function decideCredentialType(accept: string | undefined): string {
  return credentialTypes.find((type) => wish(accept, type).quality > 0) ?? 'application/vc+ld+json'
}
