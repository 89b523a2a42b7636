import { verify as verifyBytes } from 'node:crypto'
import { base58 } from '@scure/base'
import {
  credentialsContext,
  openBadgesContext,
  openBadgesExtensionsContext,
} from '../../schemas/contexts/catalog.ts'
import { TooMuchWork } from '../credentials/canonical.ts'
import { mistakesIn } from '../credentials/check.ts'
import { dataToSign, learnShapes } from '../credentials/data-to-sign.ts'
import { type Finding, fail, pass, signatureFindings, unknown, withdrawnKey } from './checks.ts'
import type { Issuer } from './evidence.ts'
import { publicKeyOf } from './public-keys.ts'
import { genuine, type Judged } from './record-checks.ts'

type Proof = {
  type?: string
  cryptosuite?: string
  proofPurpose?: string
  verificationMethod?: string
  proofValue?: string
}
export type Credential = {
  id: string
  issuer: { id: string } | string
  validFrom: string
  validUntil?: string
  proof?: Proof | Proof[]
}

/**
 * Judges an Open Badges 3.0 credential with a Data Integrity proof (conformance 11.1 to 11.5, V3). With `only`, the
 * signature of a credential whose shape is not known counts as wrong.
 */
export async function judgeCredential(
  document: Record<string, unknown>,
  issuer: Issuer,
  shapes: 'known' | 'only' = 'known',
): Promise<Judged> {
  const { proof: _, ...unsigned } = document
  const mistakes = mistakesIn('credential', document)
  if (mistakes.length > 0)
    return {
      findings: [
        fail(
          'file',
          `The credential does not fit the Open Badges 3.0 schema: ${mistakes[0]?.path}: ${mistakes[0]?.message}`,
        ),
      ],
    }
  const credential = document as unknown as Credential
  const findings = [pass('file', 'The file holds a complete badge (Open Badges 3.0).')]
  const proofs = [credential.proof ?? []].flat()
  const stranger = foreign(issuerOf(credential.issuer), proofs[0]?.verificationMethod, issuer)
  if (stranger) return { findings: [...findings, stranger] }
  if (proofs.length !== 1 || !proofs[0])
    return {
      findings: [...findings, fail('signature', 'The credential has no proof, or more than one.')],
    }
  findings.push(...(await checkProof(unsigned, proofs[0], { issuer, shapes })))
  return genuine(findings, { of: 'credential', ...credential })
}

/**
 * The finding when the document names another issuer. Such badges cannot be checked here; if they use one of our keys,
 * they fail.
 */
export function foreign(
  issuer: string,
  key: string | undefined,
  { did, keys }: Issuer,
): Finding | undefined {
  if (issuer === did) return undefined
  if (keys.some(({ method, address }) => key === method || key === address))
    return fail('issuer', `The badge names the issuer ${issuer}, but a key of ${hostOf(did)}.`)
  return unknown(
    'issuer',
    `The badge names another issuer, ${issuer}. Only badges of ${hostOf(did)} can be checked here.`,
  )
}

/** The issuer's address. Open Badges 3.0 lets an issuer be an address, or a profile with one. */
export function issuerOf(issuer: Credential['issuer']): string {
  return typeof issuer === 'string' ? issuer : issuer.id
}

/** The domain of a `did:web`. */
export function hostOf(did: string): string {
  return decodeURIComponent(did.replace('did:web:', ''))
}

async function checkProof(
  document: object,
  proof: Proof,
  { issuer: { keys, did, withdrawn }, shapes }: { issuer: Issuer; shapes: 'known' | 'only' },
): Promise<Finding[]> {
  if (
    proof.type !== 'DataIntegrityProof' ||
    proof.cryptosuite !== 'eddsa-rdfc-2022' ||
    proof.proofPurpose !== 'assertionMethod'
  )
    return [
      fail('signature', 'The proof is not of the kind that this issuer makes (eddsa-rdfc-2022).'),
    ]
  if (withdrawn.some(({ method }) => method === proof.verificationMethod)) return [withdrawnKey]
  const key = keys.find(({ method }) => method === proof.verificationMethod)
  if (!key) return [fail('issuer', 'The key of the proof is not one of the issuer’s.')]
  const signed = await isSigned(document, proof, { jwk: key.jwk, shapes })
  if (signed === 'too-much') return [pass('issuer', `The key belongs to ${hostOf(did)}.`), tooMuch]
  return signatureFindings(hostOf(did), signed)
}

const context = JSON.stringify([credentialsContext, openBadgesContext, openBadgesExtensionsContext])

/**
 * Whether the signature covers everything in the JSON. It signs RDF, which does not contain other contexts, keywords
 * such as `@index` (or a name that a context gives them), `__proto__`, nulls and empty lists (VC Data Integrity 1.0,
 * 4.6 on contexts).
 */
function isAllSigned(document: object) {
  const { '@context': contexts, ...rest } = document as Record<string, unknown>
  return JSON.stringify(contexts) === context && isPlain(rest)
}

function isPlain(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return value !== null
  if (Array.isArray(value)) return value.length > 0 && value.every(isPlain)
  return Object.entries(value).every(
    ([name, each]) => !name.startsWith('@') && name !== '__proto__' && isPlain(each),
  )
}

// The members of our proofs. A proof with any other is refused: a context of its own, for example, changes the meaning
// of its terms.
const proofMembers = [
  'type',
  'cryptosuite',
  'created',
  'verificationMethod',
  'proofPurpose',
  'proofValue',
]

type How = { jwk: object; shapes: 'known' | 'only' }

async function isSigned(document: object, proof: Proof, { jwk, shapes }: How) {
  const { proofValue } = proof
  if (!proofValue?.startsWith('z') || !isAllSigned(document)) return false
  if (Object.keys(proof).some((name) => !proofMembers.includes(name))) return false
  try {
    const signature = base58.decode(proofValue.slice(1))
    const data = await dataToSign(document, proof, shapes)
    const signed = data !== undefined && verifyBytes(null, data, publicKeyOf(jwk), signature)
    // Its shape is ours: another of the kind is checked in a fiftieth of the time.
    if (signed && shapes === 'known') await learnShapes(document, proof)
    return signed
  } catch (error) {
    if (error instanceof TooMuchWork) return 'too-much'
    // Undefined terms, unknown contexts, bad encodings: what cannot be canonicalised as it was signed does not verify.
    return false
  }
}

/**
 * RDFC-1.0, 7.1: similar nodes that refer to each other make canonicalising cost more than any file of the issuer
 * needs.
 */
const tooMuch = unknown(
  'signature',
  'The file repeats like parts in a way that makes its signature too costly to check. No badge that this issuer has signed does.',
)
