import type { Badge } from '../../domain/badge/badge.ts'
import { Problem } from '../../problem.ts'
import { findBadge, lockBadge } from '../../storage/badges/badges.ts'
import { owns } from '../../storage/badges/holder-badges.ts'
import type { Db, Tx } from '../../storage/database.ts'

type Of = { accountId: string; badgeId: string }

/**
 * A badge of an account, locked until the transaction ends. Throws `not-found` in the same words for others' badges and
 * for missing ones, so that nobody learns which badges exist.
 */
export async function lockHolderBadge(db: Tx, { accountId, badgeId }: Of): Promise<Badge> {
  return ofHolder(db, accountId, await lockBadge(db, badgeId))
}

/** A badge of an account. Throws `not-found` as `lockHolderBadge` does. */
export async function findHolderBadge(db: Db, { accountId, badgeId }: Of): Promise<Badge> {
  return ofHolder(db, accountId, await findBadge(db, badgeId))
}

async function ofHolder(db: Db, accountId: string, badge: Badge | undefined): Promise<Badge> {
  if (badge?.issuedAt && (await owns(db, badge, accountId))) return badge
  throw new Problem(
    'not-found/not-your-badge',
    'There is no such badge among yours. It may belong to another of your addresses.',
    [],
    { word: 'problem.not-yours' },
  )
}
