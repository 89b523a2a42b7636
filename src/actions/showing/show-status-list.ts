import { check } from '../../credentials/check.ts'
import { writeStatusList } from '../../credentials/status-lists.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import { signDataIntegrity } from '../../signing/data-integrity.ts'
import { findRevokedPlaces, findStatusListChanges } from '../../storage/badges/status-lists.ts'
import type { Tools } from '../tools/tools.ts'

/** How old a signed list may be before it is signed anew; verifiers may keep one as long (privacy, status lists). */
export const statusListMaxAge = 300

type Kept = { changes: number; key: string; signedAt: number; bytes: Promise<string> }

/** Signed status lists, kept until a badge on them changes, the key changes, or five minutes have gone. */
export type StatusLists = Map<number, Kept>

/** The Bitstring Status List of this number, signed; nothing, when there is no such list. Shows every change from its commit on. */
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
