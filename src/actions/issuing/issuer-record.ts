import { findStatus } from '../../storage/badges/credentials.ts'
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
  const known = new Map<string, ReturnType<typeof findStatus>>()
  const documentOf = (of: Standing['of'], uuid: string) => {
    const found = known.get(`${of} ${uuid}`) ?? findStatus(db, of, uuid)
    known.set(`${of} ${uuid}`, found)
    return found
  }
  return {
    badgeOf: async (standing) =>
      standing && (await documentOf(standing.of, uuidOf(standing.id)))?.badgeId,
    status: async (of, uuid) => {
      const document = await documentOf(of, uuid)
      if (document?.issued) return document
      // The holder was erased: what remains of the credential decides.
      const erased = await findErasedStatus(db, of, uuid)
      return erased && { ...erased, suspended: false }
    },
    now: now(),
  }
}

/** Whether all documents of a picture are of one badge; no finding unless the badge of each is known. */
export function sameOnRecord(badges: (string | undefined)[]): Finding[] {
  const known = new Set(badges.filter((badge) => badge !== undefined))
  if (known.size > 1) return [fail('file', otherBadges)]
  return known.size === 1 && !badges.includes(undefined) ? [pass('file', oneBadge)] : []
}
