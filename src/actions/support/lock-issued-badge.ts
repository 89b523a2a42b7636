import type { IssuedBadge, RevokedBadge } from '../../domain/badge/badge.ts'
import { Problem } from '../../problem.ts'
import { lockBadge } from '../../storage/badges/badges.ts'
import type { Tx } from '../../storage/database.ts'

/** The issued badge with this id, locked until the transaction ends. Throws `not-found`. */
export async function lockIssuedBadge(db: Tx, id: string): Promise<IssuedBadge | RevokedBadge> {
  const badge = await lockBadge(db, id)
  if (!badge?.issuedAt)
    throw new Problem('not-found/no-such-badge', `There is no badge with the id ${id}.`)
  return badge
}
