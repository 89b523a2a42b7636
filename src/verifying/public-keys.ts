import { createPublicKey, type KeyObject } from 'node:crypto'

const known = new WeakMap<object, KeyObject>()

/** The key of a JWK, read once for each object. Throws for a JWK that is no key. */
export function publicKeyOf(jwk: object): KeyObject {
  const key = known.get(jwk) ?? createPublicKey({ key: jwk, format: 'jwk' })
  known.set(jwk, key)
  return key
}
