import { findBadge } from '../../storage/badges/badges.ts'
import { findCredential } from '../../storage/badges/credentials.ts'
import type { Db } from '../../storage/database.ts'
import { findErasedStatus } from '../../storage/erasure/erased.ts'
import { type Finding, fail, pass } from '../../verifying/checks.ts'
import { type IssuerRecord, type Standing, uuidOf } from '../../verifying/evidence.ts'
import { oneBadge, otherBadges } from '../../verifying/same-badge.ts'
import type { Tools } from '../tools/tools.ts'

/** The status of genuine documents, and the badge of each, from the database. */
export type BadgeRecord = IssuerRecord & {
  /** Undefined for a document that is not genuine, and if its holder was erased. */
  badgeOf: (standing: Standing | undefined) => Promise<string | undefined>
}

/** The record as it is now; what one verification asks twice is read once. */
export function recordOf({ db, now }: Pick<Tools, 'db' | 'now'>): BadgeRecord {
  const once = readOnce()
  const documentOf = (of: Standing['of'], uuid: string) =>
    once(`${of} ${uuid}`, () => findDocument(db, of, uuid))
  return {
    badgeOf: async (standing) =>
      standing && (await documentOf(standing.of, uuidOf(standing.id)))?.badgeId,
    status: async (of, uuid) => {
      const credential = await documentOf(of, uuid)
      const id = credential?.badgeId
      const badge = id === undefined ? undefined : await once(id, () => findBadge(db, id))
      if (!credential || !badge?.issuedAt) {
        // The holder was erased: what remains of the credential decides.
        const erased = await findErasedStatus(db, of, uuid)
        return erased && { ...erased, suspended: false }
      }
      return {
        revoked: badge.revokedAt !== null,
        replaced: credential.replacedAt !== null,
        suspended: badge.suspendedAt !== null,
      }
    },
    now: now(),
  }
}

/** Reads what a key stands for at its first use. */
function readOnce() {
  const known = new Map<string, Promise<unknown>>()
  return <Value>(key: string, read: () => Promise<Value>): Promise<Value> => {
    const value = (known.get(key) as Promise<Value> | undefined) ?? read()
    known.set(key, value)
    return value
  }
}

function findDocument(db: Db, of: Standing['of'], uuid: string) {
  return findCredential(db, of === 'credential' ? { credential_id: uuid } : { assertion_id: uuid })
}

/** Whether all documents of a picture are of one badge; no finding unless the badge of each is known. */
export function sameOnRecord(badges: (string | undefined)[]): Finding[] {
  const known = new Set(badges.filter((badge) => badge !== undefined))
  if (known.size > 1) return [fail('file', otherBadges)]
  return known.size === 1 && !badges.includes(undefined) ? [pass('file', oneBadge)] : []
}
