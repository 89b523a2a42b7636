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
  const kept = findFresh(tools, list, changes)
  if (kept) return kept.bytes
  const bytes = signList(tools, list)
  const key = tools.keyring.active('Ed25519')
  tools.statusLists.set(list, { changes, key, signedAt: Date.parse(tools.now()), bytes })
  bytes.catch(() => tools.statusLists.delete(list))
  return bytes
}

/** Names the list as it is served now; undefined while it is to be signed, or if there is none. */
export async function nameStatusList(
  tools: Tools & { statusLists: StatusLists },
  list: number,
): Promise<string | undefined> {
  const kept = findFresh(tools, list, await findStatusListChanges(tools.db, list))
  return kept && `status list ${list} ${kept.changes} ${kept.key} ${kept.signedAt}`
}

function findFresh(
  { statusLists, keyring, now }: Tools & { statusLists: StatusLists },
  list: number,
  changes: number | undefined,
): Kept | undefined {
  const kept = statusLists.get(list)
  if (!kept || kept.changes !== changes || kept.key !== keyring.active('Ed25519')) return undefined
  const age = Date.parse(now()) - kept.signedAt
  return age >= 0 && age < statusListMaxAge * 1000 ? kept : undefined
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
