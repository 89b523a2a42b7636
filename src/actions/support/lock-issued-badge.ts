import type { Badge } from '../../domain/badge/badge.ts'
import { Problem } from '../../problem.ts'
import { findBadge, lockBadge } from '../../storage/badges/badges.ts'
import type { Db } from '../../storage/database.ts'

/** The issued badge with this id, locked until the transaction ends. Throws `not-found`. */
export async function lockIssuedBadge(db: Db, id: string): Promise<Badge> {
  await lockBadge(db, id)
  const badge = await findBadge(db, id)
  if (!badge?.issuedAt)
    throw new Problem('not-found/no-such-badge', `There is no badge with the id ${id}.`)
  return badge
}
