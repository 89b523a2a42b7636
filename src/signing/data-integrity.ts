import { base58 } from '@scure/base'
import type { Checked } from '../credentials/check.ts'
import { dataToSign } from '../credentials/data-to-sign.ts'
import type { Keyring } from './keyring.ts'

type Proof = {
  /** ISO instant in whole seconds; reserved, so that a repeated signature has the same bytes. */
  created: string
  /** The DID URL of the active Ed25519 key. */
  verificationMethod: string
}

/** Adds one eddsa-rdfc-2022 proof (conformance 11.1). Answers the bytes to store, as JSON text. */
export async function signDataIntegrity(
  keyring: Keyring,
  document: Checked<object>,
  { created, verificationMethod }: Proof,
): Promise<string> {
  const options = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created,
    verificationMethod,
    proofPurpose: 'assertionMethod',
  }
  const data = await dataToSign(document, options, 'learn')
  const signature = keyring.sign(keyring.active('Ed25519'), data)
  const proofValue = `z${base58.encode(signature)}`
  // An array even for one proof: conformance 9.15.
  return JSON.stringify({ ...document, proof: [{ ...options, proofValue }] })
}
