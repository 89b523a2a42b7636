import type { Addresses } from '../domain/programme/addresses.ts'

/** A public key as documents have it: `multibase` for Ed25519, a JWK for both. */
export type PublishedKey = {
  id: string
  algorithm: 'Ed25519' | 'RS256'
  jwk: { kty?: string; n?: string; e?: string; crv?: string; x?: string }
  multibase?: string
}

/** The `did:web` document with every published key (conformance 11.9, 11.10); both kinds of key in one. */
export function writeDidDocument(keys: PublishedKey[], addresses: Addresses) {
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      'https://w3id.org/security/suites/jws-2020/v1',
    ],
    id: addresses.did,
    verificationMethod: keys.map((key) => writeVerificationMethod(key, addresses)),
    assertionMethod: keys.map((key) => addresses.verificationMethod(key.id)), // strings only: conformance 11.6
  }
}

/** One key of the DID document; its controller is the issuer (conformance 11.5). */
export function writeVerificationMethod(key: PublishedKey, addresses: Addresses) {
  const id = addresses.verificationMethod(key.id)
  if (key.multibase)
    return {
      id,
      type: 'Multikey',
      controller: addresses.did,
      publicKeyMultibase: key.multibase,
    }
  return { id, type: 'JsonWebKey2020', controller: addresses.did, publicKeyJwk: key.jwk }
}

/** One JWK, to which the `kid` of a VC-JWT leads (conformance 10.4). */
export function writeJwk(key: PublishedKey, addresses: Addresses) {
  const alg = key.algorithm === 'Ed25519' ? 'EdDSA' : 'RS256'
  return { ...key.jwk, kid: addresses.key(key.id), alg, use: 'sig' }
}

/** All keys, including retired ones (conformance 10.5). */
export function writeJwkSet(keys: PublishedKey[], addresses: Addresses) {
  return { keys: keys.map((key) => writeJwk(key, addresses)) }
}
