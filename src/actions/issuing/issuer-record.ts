import { findBadge } from '../../storage/badges/badges.ts'
import { findCredential } from '../../storage/badges/credentials.ts'
import type { Db } from '../../storage/database.ts'
import { findErasedStatus } from '../../storage/erasure/erased.ts'
import { type Finding, fail, pass } from '../../verifying/checks.ts'
import type { IssuerRecord, Standing } from '../../verifying/evidence.ts'
import { oneBadge, otherBadges } from '../../verifying/same-badge.ts'
import type { Tools } from '../tools/tools.ts'

/** The status of genuine documents, from the database. */
export function recordOf({ db, now }: Pick<Tools, 'db' | 'now'>): IssuerRecord {
  return {
    status: async (of, uuid) => {
      const credential = await findDocument(db, of, uuid)
      const badge = credential && (await findBadge(db, credential.badgeId))
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

/** The badge of a genuine document; undefined for any other document, and if its holder was erased. */
export async function badgeOf(
  { db }: Pick<Tools, 'db'>,
  standing: Standing | undefined,
): Promise<string | undefined> {
  if (!standing) return undefined
  const found = await findDocument(db, standing.of, standing.id.replace(/^urn:uuid:/, ''))
  return found?.badgeId
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
