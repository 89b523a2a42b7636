import { createHash, createPublicKey, verify } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { base58 } from '@scure/base'
import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import jsonld from 'jsonld'
import { contexts } from '../../schemas/contexts/catalog.ts'
import schema from '../../schemas/openbadges-3.0/ob_v3p0_achievementcredential_schema.json' with {
  type: 'json',
}
import { get, type Started } from '../help/start.ts'
import { textIn } from './extracted.ts'
import { type Json, splitJws } from './served.ts'

const ajv = new Ajv2019({ strict: false })
addFormats.default(ajv)
const fitsSchema = ajv.compile(schema)

type Input = { text: string } | { png: Buffer } | { svg: string }
type Judged = { document: Json; jwt?: string; started: Started; now: string }
type Probe = (judged: Judged) => Promise<string[]> | string[]

/** The probes of the official OB 3.0 validator (docs/conformance.md, V3) in its order. */
const probes: [string, Probe][] = [
  ['JsonLDValidationProbe', async ({ document }) => undefinedTerms(document)],
  ['ContextPropertyProbe', ({ document }) => contextMistakes(document)],
  ['TypePropertyProbe', ({ document }) => typeMistakes(document)],
  ['JsonSchemasProbe', ({ document }) => schemaMistakes(document)],
  ['InlineJsonSchemaProbe', ({ document }) => inlineSchemaMistakes(document)],
  ['CredentialSubjectProbe', ({ document }) => subjectMistakes(document.credentialSubject)],
  ['EvidenceProbe', ({ document }) => evidenceMistakes(document)],
  ['IssuerProbe', ({ document }) => issuerMistakes(document.issuer)],
  ['ProofProbe', (judged) => (judged.jwt ? externalProof(judged) : embeddedProof(judged))],
  ['RevocationListProbe', revocationMistakes],
  ['ExpirationProbe', ({ document, now }) => dateMistakes(document, now)],
]

/** What the validator would call an error, each with its probe, up to the first probe that fails; nothing is valid. */
export async function judgeLikeJava(
  started: Started,
  input: Input,
  now: string,
): Promise<string[]> {
  const text = 'text' in input ? input.text : textIn(input, 'openbadgecredential')
  if (text === undefined) return ['CredentialParseProbe: no credential in the picture']
  const jwt = /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text) ? text : undefined
  const document = jwt ? splitJws(jwt).payload : JSON.parse(text)
  for (const [name, probe] of probes) {
    const mistakes = await probe({ document, started, now, ...(jwt && { jwt }) })
    if (mistakes.length > 0) return mistakes.map((mistake) => `${name}: ${mistake}`)
  }
  return []
}

async function canonical(document: Json): Promise<string> {
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: true,
    documentLoader: async (url: string) => {
      const found = contexts.get(url)
      if (!found) throw new Error(`no context ${url}`)
      return { contextUrl: null, documentUrl: url, document: found }
    },
  })
}

/** A VC-JWT is expanded without its registered claims, which no context defines (9.18). */
async function undefinedTerms({ iss, jti, sub, nbf, exp, ...document }: Json): Promise<string[]> {
  try {
    await canonical(document)
    return []
  } catch (error) {
    return [(error as Error).message]
  }
}

function contextMistakes({ '@context': context }: Json): string[] {
  const places = [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ]
  return places
    .filter((url, place) => context[place] !== url)
    .map((url) => `${url} is not in place`)
}

function typeMistakes({ type }: Json): string[] {
  const kinds = ['OpenBadgeCredential', 'AchievementCredential']
  return type.includes('VerifiableCredential') && kinds.some((kind) => type.includes(kind))
    ? []
    : [`the type is ${type}`]
}

function schemaMistakes(document: Json): string[] {
  return fitsSchema(document) ? [] : [JSON.stringify(fitsSchema.errors)]
}

function inlineSchemaMistakes({ credentialSchema = [] }: Json): string[] {
  return credentialSchema
    .filter(
      (each: Json) => each.type === '1EdTechJsonSchemaValidator2019' && each.id !== schema.$id,
    )
    .map((each: Json) => `${each.id} cannot be read`)
}

function subjectMistakes(subject: Json): string[] {
  const { type, id, identifier = [], achievement, result = [] } = subject
  const mistakes: string[] = []
  if (!type.includes('AchievementSubject')) mistakes.push('no AchievementSubject')
  if (!id && identifier.length === 0) mistakes.push('neither id nor identifier')
  if (!achievement) return [...mistakes, 'no achievement']
  if (Object.keys(achievement.criteria ?? {}).length === 0) mistakes.push('criteria is empty')
  for (const each of identifier)
    if (each.type !== 'IdentityObject') mistakes.push('identifier type')
  for (const each of result) if (!each.type.includes('Result')) mistakes.push('result type')
  for (const each of achievement.resultDescription ?? [])
    if (!each.type.includes('ResultDescription')) mistakes.push('resultDescription type')
  return mistakes
}

function evidenceMistakes({ evidence = [] }: Json): string[] {
  return evidence.filter((each: Json) => !each.type.includes('Evidence')).map(() => 'evidence type')
}

function issuerMistakes(issuer: Json): string[] {
  return typeof issuer === 'object' && issuer.type?.includes('Profile') ? [] : ['no Profile object']
}

/** A did:web key as SimpleDidResolver finds it (11.6): strings in assertionMethod, the same id in verificationMethod. */
async function findKey(started: Started, did: string, method: string): Promise<Json | undefined> {
  if (method.split('#')[0] !== did || !did.startsWith('did:web:')) return undefined
  const host = decodeURIComponent(did.slice('did:web:'.length))
  const answer = await get(started, `https://${host}/.well-known/did.json`)
  const document = answer.json()
  if (document.id !== did || !document.assertionMethod.includes(method)) return undefined
  return document.verificationMethod.find(({ id }: Json) => id === method)
}

async function embeddedProof({ document, started }: Judged): Promise<string[]> {
  const { proof, ...unsigned } = document
  const found = [proof ?? []]
    .flat()
    .find(
      (each: Json) => each.type === 'DataIntegrityProof' && each.cryptosuite === 'eddsa-rdfc-2022',
    )
  if (found?.proofPurpose !== 'assertionMethod') return ['no proof of a known kind']
  const issuer = document.issuer.id ?? document.issuer
  const key = await findKey(started, issuer, found.verificationMethod)
  if (key?.type !== 'Multikey') return ['the key is not found']
  if (key.controller !== issuer) return ['the controller is not the issuer']
  const { proofValue, ...options } = found
  const forms = [{ ...options, '@context': document['@context'] }, unsigned]
  const hashes = (await Promise.all(forms.map(canonical))).map((form) =>
    createHash('sha256').update(form).digest(),
  )
  const raw = Buffer.from(base58.decode(key.publicKeyMultibase.slice(1))).subarray(2)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
  const signature = base58.decode(proofValue.slice(1))
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
  return verify(null, Buffer.concat(hashes), publicKey, signature) ? [] : ['the signature is wrong']
}

/** It checks the signature and the times, and no other claim: conformance 10.6. */
async function externalProof({ jwt = '', document, started, now }: Judged): Promise<string[]> {
  const { header, signature } = splitJws(jwt)
  if (header.alg !== 'RS256') return [`the algorithm is ${header.alg}`]
  if (!String(header.kid).startsWith('https://')) return ['the kid leads nowhere']
  const answer = await get(started, header.kid)
  if (answer.statusCode !== 200) return ['the kid leads nowhere']
  const jwk = answer.json()
  if (jwk.kty !== 'RSA') return [`the key is ${jwk.kty}`]
  const data = Buffer.from(jwt.slice(0, jwt.lastIndexOf('.')))
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
  if (!verify('RSA-SHA256', data, publicKey, signature)) return ['the signature is wrong']
  const seconds = Date.parse(now) / 1000
  if (document.exp < seconds) return ['exp is past']
  return document.nbf > seconds ? ['nbf is to come'] : []
}

async function revocationMistakes({ document, started, now }: Judged): Promise<string[]> {
  const { type, id, statusPurpose, statusListIndex, statusListCredential } =
    document.credentialStatus ?? {}
  if (type === '1EdTechRevocationList') {
    const { revokedCredential } = (await get(started, id)).json()
    const entry = revokedCredential.find((each: Json) => each.id === document.id)
    return entry && entry.revoked !== false ? ['the credential is listed'] : []
  }
  if (type !== 'BitstringStatusListEntry' || statusPurpose !== 'revocation') return []
  const list = (await get(started, statusListCredential)).json()
  const proven = await embeddedProof({ document: list, started, now })
  if (proven.length > 0) return proven.map((mistake) => `the list: ${mistake}`)
  if (dateMistakes(list, now).length > 0) return ['the list is not valid now']
  const { encodedList, statusPurpose: purpose } = list.credentialSubject
  if (purpose !== statusPurpose) return ['the list has another purpose']
  if (encodedList[0] !== 'u') return ['the list is not multibase base64url']
  const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'))
  if (bits.length * 8 < 131072) return ['the list is too short']
  const place = Number(statusListIndex)
  if (!(place < bits.length * 8)) return ['the index is out of range']
  return (bits[place >> 3] ?? 0) & (0x80 >> (place & 7)) ? ['the credential is revoked'] : []
}

function dateMistakes({ validFrom, validUntil }: Json, now: string): string[] {
  if (Date.parse(validFrom) > Date.parse(now)) return [`valid from ${validFrom}`]
  return Date.parse(validUntil) < Date.parse(now) ? [`valid until ${validUntil}`] : []
}
