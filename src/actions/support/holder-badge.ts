import type { Badge } from '../../domain/badge/badge.ts'
import { Problem } from '../../problem.ts'
import { findBadge, lockBadge } from '../../storage/badges/badges.ts'
import { owns } from '../../storage/badges/holder-badges.ts'
import type { Db } from '../../storage/database.ts'

type Of = { accountId: string; badgeId: string }

/**
 * A badge that is an account's own, held until the transaction ends. Throws `not-found` for all others, in the same words as for
 * none: nobody learns here which badges there are.
 */
export async function lockHolderBadge(db: Db, { accountId, badgeId }: Of): Promise<Badge> {
  await lockBadge(db, badgeId)
  return findHolderBadge(db, { accountId, badgeId })
}

/** A badge that is an account's own. Throws `not-found` as `lockOwnBadge` does. */
export async function findHolderBadge(db: Db, { accountId, badgeId }: Of): Promise<Badge> {
  const badge = await findBadge(db, badgeId)
  if (badge?.issuedAt && (await owns(db, { id: badgeId }, accountId))) return badge
  throw new Problem(
    'not-found',
    'There is no such badge among yours. It may belong to another of your addresses.',
    [],
    { word: 'problem.not-yours' },
  )
}
