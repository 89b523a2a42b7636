import type { Badge } from '../../domain/badge/badge.ts'
import { damagedNames } from '../../domain/people/damaged-name.ts'
import { damagedNameId } from '../../domain/rules/printable-name.ts'
import { canDraw } from '../../drawing/can-draw.ts'
import type { Db } from '../../storage/database.ts'
import { findItem } from '../../storage/results/review-items.ts'

type Named = Pick<Badge, 'source' | 'candidateId' | 'resultId' | 'holder'>

/**
 * Whether the certificate and card of a badge wait, because a name of its holder seems to have been damaged on its way here and no
 * operator has said that it is right.
 */
export async function isHeldBack(db: Db, badge: Named): Promise<boolean> {
  const { source, candidateId, resultId, holder } = badge
  if (damagedNames(holder).length === 0) return false
  const item = await findItem(db, damagedNameId({ source, candidateId, resultId }, holder))
  return item?.decision !== 'release'
}

/** Which texts can be printed of a badge: those that our fonts have whole, unless its holder's name is held back. */
export async function printable(db: Db, badge: Named): Promise<(name: string) => boolean> {
  const held = await isHeldBack(db, badge)
  return (name) => !held && canDraw(name)
}
