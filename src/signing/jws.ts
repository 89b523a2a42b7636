import type { Checked } from '../credentials/check.ts'
import type { Keyring } from './keyring.ts'

/** An Open Badges 2.0 Assertion as a compact JWS, RS256 (conformance 3.1). The named key must be active. */
export function signAssertion(
  keyring: Keyring,
  key: string,
  assertion: Checked<object>,
): Promise<string> {
  return keyring.signJws(key, { alg: 'RS256' }, assertion)
}

type Credential = {
  id: string
  issuer: { id: string }
  validFrom: string
  validUntil: string
  credentialSubject: { id: string }
}

/**
 * An Open Badges 3.0 credential as VC-JWT: the credential at top level, and the registered claims, which verifiers
 * compare with it (conformance 10.2, 10.3). `kid` is the address of one JWK (10.4).
 */
export function signCredentialJwt(
  keyring: Keyring,
  key: string,
  kid: string,
  credential: Checked<Credential>,
): Promise<string> {
  const claims = {
    iss: credential.issuer.id,
    jti: credential.id,
    sub: credential.credentialSubject.id,
    nbf: seconds(credential.validFrom),
    exp: seconds(credential.validUntil),
  }
  return keyring.signJws(key, { alg: 'RS256', kid, typ: 'JWT' }, { ...credential, ...claims })
}

function seconds(instant: string) {
  return Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 1000)
}
