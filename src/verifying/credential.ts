import { createPublicKey, verify as verifyBytes } from 'node:crypto'
import { base58 } from '@scure/base'
import {
  credentialsContext,
  openBadgesContext,
  openBadgesExtensionsContext,
} from '../../schemas/contexts/catalog.ts'
import { dataToSign } from '../credentials/canonical.ts'
import { mistakesIn } from '../credentials/check.ts'
import { type Finding, fail, pass, unknown } from './checks.ts'
import { checkDates } from './dates.ts'
import type { Evidence } from './evidence.ts'
import { checkStatus } from './status.ts'

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

/** Judges an Open Badges 3.0 credential with a Data Integrity proof (conformance 11.1 to 11.5, V3). */
export async function verifyCredential(
  document: Record<string, unknown>,
  evidence: Evidence,
): Promise<Finding[]> {
  const { proof: _, ...unsigned } = document
  const mistakes = mistakesIn('credential', document)
  if (mistakes.length > 0)
    return [
      fail(
        'file',
        `The credential does not fit the Open Badges 3.0 schema: ${mistakes[0]?.path}: ${mistakes[0]?.message}`,
      ),
    ]
  const credential = document as unknown as Credential
  const findings = [pass('file', 'The file holds a complete badge (Open Badges 3.0).')]
  const stranger = foreign(credential, evidence)
  if (stranger) return [...findings, stranger]
  const proofs = [credential.proof ?? []].flat()
  if (proofs.length !== 1 || !proofs[0])
    return [...findings, fail('signature', 'The credential has no proof, or more than one.')]
  const signed = await checkProof(unsigned, proofs[0], evidence)
  if (signed.some(({ result }) => result !== 'pass')) return [...findings, ...signed]
  return [
    ...findings,
    ...signed,
    ...(await checkStatus('credential', credential.id, evidence)),
    checkDates(credential, evidence.now),
  ]
}

/** A finding when somebody else is named as issuer: such badges cannot be checked here. */
export function foreign({ issuer }: Credential, { did }: Evidence): Finding | undefined {
  const named = issuerOf(issuer)
  if (named === did) return undefined
  return unknown(
    'issuer',
    `The badge names another issuer, ${named}. Only badges of ${did} can be checked here.`,
  )
}

/** Open Badges 3.0 lets an issuer be an address, or a profile with one. */
export function issuerOf(issuer: Credential['issuer']): string {
  return typeof issuer === 'string' ? issuer : issuer.id
}

/** The domain that a `did:web` is, as people know it. */
export function hostOf(did: string): string {
  return decodeURIComponent(did.replace('did:web:', ''))
}

async function checkProof(
  document: object,
  proof: Proof,
  { keys, did }: Evidence,
): Promise<Finding[]> {
  if (
    proof.type !== 'DataIntegrityProof' ||
    proof.cryptosuite !== 'eddsa-rdfc-2022' ||
    proof.proofPurpose !== 'assertionMethod'
  )
    return [
      fail('signature', 'The proof is not of the kind that this issuer makes (eddsa-rdfc-2022).'),
    ]
  const key = keys.find(({ method }) => method === proof.verificationMethod)
  if (!key) return [fail('issuer', 'The key of the proof is not one of the issuer’s.')]
  const issuer = pass('issuer', `The key belongs to ${hostOf(did)}.`)
  const genuine = await isSigned(document, proof, key.jwk)
  if (genuine)
    return [
      issuer,
      pass('signature', 'The signature is right: nothing was changed since it was issued.'),
    ]
  return [
    issuer,
    fail(
      'signature',
      'The signature does not fit: the badge was changed after it was issued, or made by somebody else.',
    ),
  ]
}

const context = JSON.stringify([credentialsContext, openBadgesContext, openBadgesExtensionsContext])

/**
 * Whether the signature covers all that the JSON says. It is over RDF, which does not see other contexts, keywords such as
 * `@index` (or a name that a context gives them), nulls and empty lists (VC Data Integrity 1.0, 4.6 on contexts).
 */
function isAllSigned(document: object) {
  const { '@context': contexts, ...rest } = document as Record<string, unknown>
  return JSON.stringify(contexts) === context && isPlain(rest)
}

function isPlain(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return value !== null
  if (Array.isArray(value)) return value.length > 0 && value.every(isPlain)
  return Object.entries(value).every(([name, each]) => !name.startsWith('@') && isPlain(each))
}

async function isSigned(document: object, proof: Proof, jwk: object) {
  const { proofValue } = proof
  if (!proofValue?.startsWith('z') || !isAllSigned(document)) return false
  try {
    const signature = base58.decode(proofValue.slice(1))
    const data = await dataToSign(document, proof)
    return verifyBytes(null, data, createPublicKey({ key: jwk, format: 'jwk' }), signature)
  } catch {
    // Undefined terms, unknown contexts, bad encodings: what cannot be read as it was signed does not verify.
    return false
  }
}
