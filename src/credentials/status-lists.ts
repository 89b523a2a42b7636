import { gzipSync } from 'node:zlib'
import { credentialsContext } from '../../schemas/contexts/catalog.ts'
import type { RevocationClass } from '../domain/badge/badge.ts'
import type { Addresses } from '../domain/programme/addresses.ts'

/** Places in one list: the minimum of the W3C, 16 KiB (conformance 12.3). */
export const statusListLength = 131072

/**
 * Minutes for which a signed list is valid: the worst case for a verifier that caches one, as operators are informed.
 */
export const statusListMinutes = 15

/**
 * The Bitstring Status List of revocations, without proof (conformance 12.2). `revoked` holds the set places; `from` is
 * the time of writing, an ISO instant in whole seconds.
 */
export function writeStatusList(
  list: number,
  revoked: number[],
  from: string,
  addresses: Addresses,
) {
  const id = addresses.statusList(list)
  const until = Temporal.Instant.from(from).add({ minutes: statusListMinutes })
  return {
    '@context': [credentialsContext],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: addresses.did,
    validFrom: from,
    validUntil: until.toString({ smallestUnit: 'second' }),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encodeBits(revoked),
    },
  }
}

/** `u` and the base64url of the gzipped bits; place 0 is the left-most bit of byte 0 (conformance 12.3). */
export function encodeBits(set: number[]): string {
  const bits = new Uint8Array(statusListLength / 8)
  for (const place of set) {
    const byte = place >> 3
    bits[byte] = (bits[byte] ?? 0) | (0x80 >> (place & 7))
  }
  return `u${gzipSync(bits).toString('base64url')}`
}

/** 1EdTech's own list, for verifiers that know no other (conformance 12.8). */
export function write1EdTechRevocationList(
  revoked: { id: string; revokedClass: RevocationClass }[],
  addresses: Addresses,
) {
  return {
    id: addresses.statusList('revoked'),
    issuer: addresses.did,
    revokedCredential: revoked.map(({ id, revokedClass }) => ({
      id: `urn:uuid:${id}`,
      revoked: true,
      revocationReason: revokedClass,
    })),
  }
}
