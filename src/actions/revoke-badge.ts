import type { BadgeAnswer, Revocation } from '../../schemas/badge.ts'
import { badgeAnswer } from '../domain/badge.ts'
import { Problem } from '../problem.ts'
import { inTransaction } from '../storage/database.ts'
import { applyRevocation } from './change-state.ts'
import { lockIssuedBadge } from './lock-issued-badge.ts'
import type { Actor, Tools } from './tools.ts'

type Asked = { id: string; revocation: Revocation; actor: Actor }

/**
 * Revokes a badge for good, in every form. Asking again with the same class changes nothing; with another class it throws
 * `conflict`. Throws `not-found`.
 */
export async function revokeBadge(
  tools: Tools,
  { id, revocation, actor }: Asked,
): Promise<BadgeAnswer> {
  return inTransaction(tools.db, async (tx) => {
    const badge = await lockIssuedBadge(tx, id)
    if (badge.revokedAt && badge.revokedClass !== revocation.class)
      throw new Problem(
        'conflict',
        `The badge was already revoked as ${badge.revokedClass}; that cannot be changed.`,
      )
    if (!badge.revokedAt)
      await applyRevocation(
        { ...tools, db: tx },
        { badge, actor, note: revocation.note, revokedClass: revocation.class, by: 'operator' },
      )
    return badgeAnswer(await lockIssuedBadge(tx, id), tools.addresses, tools.now())
  })
}
