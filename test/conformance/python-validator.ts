import { createHash, createPublicKey, verify } from 'node:crypto'
import { contexts, openBadges2Context } from '../../schemas/contexts/catalog.ts'
import { get, type Started } from '../help/start.ts'
import { type Json, pythonAccept, splitJws } from './served.ts'

/**
 * The rules of the official OB 2.0 validator (docs/conformance.md, V1) written down again, its quirks first: it asks for
 * every address with one Accept, ignores the HTTP status and `revoked`, refetches what it was handed, allows one key and
 * one `startsWith`, and misreads a revocation list of one entry. Answers what it would report; nothing is valid.
 */
export async function judgeLikePython(
  started: Started,
  input: { url: string } | { jws: string },
  { now, email }: { now: string; email?: string },
): Promise<string[]> {
  const errors: string[] = []
  const fetched = new Map<string, Json>()
  const fetchNode = async (url: string): Promise<Json> => {
    const known = fetched.get(url)
    if (known) return known
    const { headers, body } = await get(started, url, { accept: pythonAccept })
    const node = parse(body) ?? {}
    if (!String(headers['content-type']).includes('json')) errors.push(`${url} is not JSON`)
    if (node.id !== url) errors.push(`${url} serves the id ${node.id}`)
    fetched.set(url, node)
    return node
  }
  const assertion =
    'url' in input ? await fetchNode(input.url) : (parse(payloadText(input.jws)) ?? {})
  errors.push(...nodeMistakes('Assertion', assertion))
  if (errors.length > 0) return errors

  const badgeClass = await fetchNode(assertion.badge)
  errors.push(...nodeMistakes('BadgeClass', badgeClass))
  if (errors.length > 0) return errors
  const issuer = await fetchNode(badgeClass.issuer)
  errors.push(...nodeMistakes('Issuer', issuer))
  if (errors.length > 0) return errors
  errors.push(...(await imageMistakes(started, badgeClass.image)))

  if ('url' in input) errors.push(...scopeMistakes(assertion.id, issuer))
  else errors.push(...(await signatureMistakes(input.jws, assertion, issuer, fetchNode)))
  errors.push(...timeMistakes(assertion, now))
  if (email !== undefined) errors.push(...recipientMistakes(assertion.recipient, email))
  return errors
}

const required: Record<string, string[]> = {
  Assertion: ['id', 'type', 'recipient', 'badge', 'verification', 'issuedOn'],
  BadgeClass: ['id', 'type', 'name', 'description', 'image', 'criteria', 'issuer'],
  Issuer: ['id', 'type', 'name', 'url'],
  CryptographicKey: ['id', 'type', 'owner', 'publicKeyPem'],
  RevocationList: ['id', 'type', 'issuer', 'revokedAssertions'],
}
const terms = new Set(
  Object.keys((contexts.get(openBadges2Context) as Json)['@context']).filter((term) =>
    /^\w/.test(term),
  ),
)

/** Context, class, required properties, forms of values; terms that the context does not define. */
function nodeMistakes(type: string, node: Json): string[] {
  const context = [node['@context']].flat()[0]
  if (context !== openBadges2Context) return [`${type} has the context ${context}`]
  if (node.type !== type) return [`Chosen OBClass None for ${JSON.stringify(node.type)}`]
  const missing = (required[type] ?? []).filter((name) => node[name] === undefined)
  const undefinedTerms = Object.keys(node).filter((name) => name !== '@context' && !terms.has(name))
  return [
    ...missing.map((name) => `${type} lacks ${name}`),
    ...undefinedTerms.map((name) => `${type} has ${name}, which the context does not define`),
    ...(isIri(node.id) ? [] : [`${type} has the id ${node.id}`]),
    ...(missing.length > 0 ? [] : classMistakes(type, node)),
  ]
}

function classMistakes(type: string, node: Json): string[] {
  if (type === 'BadgeClass') {
    const { criteria, alignment = [] } = node
    return [
      ...(isUrl(criteria) || isUrl(criteria.id) || criteria.narrative
        ? []
        : ['criteria says nothing']),
      ...alignment
        .filter((each: Json) => !each.targetName || !isUrl(each.targetUrl) || each.name || each.url)
        .map((each: Json) => `the alignment ${JSON.stringify(each)} is wrong`),
    ]
  }
  if (type === 'Issuer' && Array.isArray(node.publicKey)) return ['Issuer has several publicKey']
  if (type !== 'Assertion') return []
  const { recipient, verification, image } = node
  const hashed = /^(sha256\$[0-9a-f]{64}|md5\$[0-9a-f]{32})$/i.test(recipient.identity)
  const mistakes = ['type', 'identity', 'hashed']
    .filter((name) => recipient[name] === undefined)
    .map((name) => `IdentityObject lacks ${name}`)
  if (recipient.hashed !== hashed)
    mistakes.push(`identity ${recipient.identity} is of a wrong form`)
  if (!['HostedBadge', 'hosted', 'SignedBadge', 'signed'].includes(verification.type))
    mistakes.push(`verification has the type ${verification.type}`)
  if (image !== undefined && !isUrl(image)) mistakes.push('Assertion has an image that is no URL')
  return mistakes
}

async function imageMistakes(started: Started, image: string): Promise<string[]> {
  const { statusCode, headers } = await get(started, image, { accept: pythonAccept })
  if (statusCode !== 200) return [`the image answers ${statusCode}`]
  const type = String(headers['content-type']).split(';')[0] ?? ''
  return ['image/png', 'image/svg+xml'].includes(type) ? [] : [`the image is ${type}`]
}

function scopeMistakes(id: string, issuer: Json): string[] {
  const { startsWith, allowedOrigins } = issuer.verification ?? {}
  if (Array.isArray(startsWith)) return ['several startsWith']
  if (startsWith !== undefined && !id.startsWith(startsWith)) return ['outside startsWith']
  const origins = [allowedOrigins ?? new URL(issuer.id).host].flat()
  if (allowedOrigins !== undefined && origins.some((origin) => !/^[\w-]+(\.[\w-]+)+$/.test(origin)))
    return ['allowedOrigins is no host name']
  return origins.includes(new URL(id).host) ? [] : ['outside the authority of the issuer']
}

async function signatureMistakes(
  jws: string,
  assertion: Json,
  issuer: Json,
  fetchNode: (url: string) => Promise<Json>,
): Promise<string[]> {
  const { creator } = assertion.verification
  if (!creator) return ['a signed badge without creator']
  if (issuer.publicKey !== creator) return [`${creator} is not a key of the issuer`]
  const key = await fetchNode(creator)
  const mistakes = nodeMistakes('CryptographicKey', key)
  if (mistakes.length > 0) return mistakes
  if (key.owner !== issuer.id) return ['the key has another owner']
  const [head = '', body = ''] = jws.split('.')
  // Whatever `alg` says, it verifies RSA with SHA-256 and nothing else.
  const signed = verify(
    'RSA-SHA256',
    Buffer.from(`${head}.${body}`),
    createPublicKey(key.publicKeyPem),
    splitJws(jws).signature,
  )
  if (!signed) return ['the signature is wrong']
  const list = await fetchNode(issuer.revocationList)
  return [...nodeMistakes('RevocationList', list), ...revocation(list, assertion.id)]
}

/** JSON-LD compaction makes one entry bare, and the loop then walks the letters or keys of it: conformance 4.5. */
function revocation({ revokedAssertions }: Json, id: string): string[] {
  if (revokedAssertions.length === 1) return []
  const listed = revokedAssertions.some((each: Json) => each === id || each.id === id)
  return listed ? ['the assertion is revoked'] : []
}

function timeMistakes({ issuedOn, expires }: Json, now: string): string[] {
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
  if (!zoned.test(issuedOn)) return [`issuedOn is ${issuedOn}`]
  if (expires !== undefined && !zoned.test(expires)) return [`expires is ${expires}`]
  const mistakes: string[] = []
  if (Date.parse(issuedOn) > Date.parse(now)) mistakes.push('issued in the future')
  if (Date.parse(expires) < Date.parse(issuedOn)) mistakes.push('expires before it was issued')
  if (Date.parse(expires) < Date.parse(now)) mistakes.push('expired')
  return mistakes
}

/** As it is: no lower case, no trimming (conformance 1.7). */
function recipientMistakes({ type, hashed, identity, salt = '' }: Json, email: string): string[] {
  if (type !== 'email') return ['the recipient is no e-mail address']
  const hash = createHash('sha256').update(`${email}${salt}`).digest('hex')
  const own = hashed ? `sha256$${hash}` : email
  return own === identity.toLowerCase() ? [] : ['the recipient is somebody else']
}

function isUrl(value: unknown) {
  return typeof value === 'string' && /^https?:\/\/\S+$/.test(value)
}

function isIri(value: unknown) {
  const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
  return isUrl(value) || (typeof value === 'string' && uuid.test(value))
}

function payloadText(jws: string) {
  return Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
