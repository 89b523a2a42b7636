import { check } from '../../credentials/check.ts'
import { writeAssertion } from '../../credentials/open-badges-2.ts'
import { writeCredential } from '../../credentials/open-badges-3.ts'
import { shapedText } from '../../credentials/shaped-text.ts'
import type { Badge, Credential } from '../../domain/badge/badge.ts'
import { signDataIntegrity } from '../../signing/data-integrity.ts'
import type { Signed } from '../../storage/badges/credentials.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * Writes, checks and signs the Data Integrity form of a badge's credential. Answers its text and the key that signed.
 */
export async function signCredential(
  {
    db,
    addresses,
    keyring,
    programmes,
  }: Pick<Tools, 'db' | 'addresses' | 'keyring' | 'programmes'>,
  badge: Badge,
  credential: Credential,
): Promise<Signed> {
  const version = await programmes.at(db, badge.programmeVersion)
  if (!version) throw new Error(`programme version ${badge.programmeVersion} is not on record`)
  check('assertion', writeAssertion(badge, { form: 'hosted' }, addresses))
  const document = check(
    'credential',
    writeCredential(badge, credential, version.programme, addresses),
  )
  const key = keyring.active('Ed25519')
  const bytes = await signDataIntegrity(keyring, document, {
    created: credential.reservedAt,
    verificationMethod: addresses.verificationMethod(key),
  })
  return { bytes, shaped: shapedText(bytes), key }
}
