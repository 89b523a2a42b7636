import { check } from '../../credentials/check.ts'
import { writeAssertion } from '../../credentials/open-badges-2.ts'
import { writeCredential } from '../../credentials/open-badges-3.ts'
import { signAssertion, signCredentialJwt } from '../../signing/jws.ts'
import { keepAssertionJws, keepCredentialJwt } from '../../storage/badges/credentials.ts'
import type { Tools } from '../tools/tools.ts'
import type { Found } from './found-badge.ts'

/**
 * The OB 2.0 JWS: signed by the active key on the first request, stored before it is answered; the first stored bytes
 * stay.
 */
export async function assertionJws(tools: Tools, { badge, credential }: Found): Promise<string> {
  if (credential.assertionJws) return credential.assertionJws
  const key = tools.keyring.active('RS256')
  const assertion = check(
    'assertion',
    writeAssertion(badge, { form: 'signed', credential, key }, tools.addresses),
  )
  const jws = await signAssertion(tools.keyring, key, assertion)
  return keepAssertionJws(tools.db, credential.id, jws, key)
}

/** The VC-JWT, in the same way. Its payload is the credential without `proof`. */
export async function credentialJwt(
  tools: Tools,
  { badge, credential, version }: Found,
): Promise<string> {
  if (credential.credentialJwt) return credential.credentialJwt
  const key = tools.keyring.active('RS256')
  const document = check(
    'credential',
    writeCredential(badge, credential, version.programme, tools.addresses),
  )
  const jwt = await signCredentialJwt(tools.keyring, key, tools.addresses.key(key), document)
  return keepCredentialJwt(tools.db, credential.id, jwt, key)
}

/** The OB 3.0 credential with its Data Integrity proof, as signed at issue. */
export function credentialJson({ credential }: Found): string {
  if (!credential.dataIntegrity) throw new Error('an issued badge has no signed credential')
  return credential.dataIntegrity
}
