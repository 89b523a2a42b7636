import { check } from '../../credentials/check.ts'
import { writeStatusList } from '../../credentials/status-lists.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import { signDataIntegrity } from '../../signing/data-integrity.ts'
import { findRevokedPlaces, findStatusListChanges } from '../../storage/badges/status-lists.ts'
import type { Tools } from '../tools/tools.ts'

/** The maximum age of a signed list, in seconds; verifiers may cache one as long (privacy, status lists). */
export const statusListMaxAge = 300

type Kept = { changes: number; key: string; signedAt: number; bytes: Promise<string> }

/** Signed status lists, cached until a badge on them changes, the key changes, or they reach the maximum age. */
export type StatusLists = Map<number, Kept>

/**
 * The Bitstring Status List with this number, signed; undefined if there is none. Has every change from its commit on.
 */
export async function showStatusList(
  tools: Tools & { statusLists: StatusLists },
  list: number,
): Promise<string | undefined> {
  const changes = await findStatusListChanges(tools.db, list)
  if (changes === undefined) return undefined
  const now = Date.parse(tools.now())
  const key = tools.keyring.active('Ed25519')
  const kept = tools.statusLists.get(list)
  const fresh =
    kept?.changes === changes &&
    kept.key === key &&
    now - kept.signedAt < statusListMaxAge * 1000 &&
    now >= kept.signedAt
  if (fresh) return kept.bytes
  const bytes = signList(tools, list)
  tools.statusLists.set(list, { changes, key, signedAt: now, bytes })
  bytes.catch(() => tools.statusLists.delete(list))
  return bytes
}

async function signList({ db, keyring, addresses, now }: Tools, list: number) {
  const from = wholeSeconds(now())
  const revoked = await findRevokedPlaces(db, list)
  const document = check('status-list', writeStatusList(list, revoked, from, addresses))
  return signDataIntegrity(keyring, document, {
    created: from,
    verificationMethod: addresses.verificationMethod(keyring.active('Ed25519')),
  })
}
