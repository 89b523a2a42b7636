import type { Badge } from '../../domain/badge/badge.ts'
import { damagedNames } from '../../domain/people/damaged-name.ts'
import { damagedNameId } from '../../domain/rules/printable-name.ts'
import { canDraw } from '../../drawing/can-draw.ts'
import type { Db } from '../../storage/database.ts'
import { findItem } from '../../storage/results/review-items.ts'

type Named = Pick<Badge, 'source' | 'candidateId' | 'resultId' | 'holder'>

/**
 * Whether the certificate and card of a badge are withheld, because a name of its holder seems damaged and no operator
 * has confirmed it.
 */
export async function isHeldBack(db: Db, badge: Named): Promise<boolean> {
  const { source, candidateId, resultId, holder } = badge
  if (damagedNames(holder).length === 0) return false
  const item = await findItem(db, damagedNameId({ source, candidateId, resultId }, holder))
  return item?.decision !== 'release'
}

/**
 * Tells which texts can be printed for a badge: those that the fonts have completely, unless the holder's name is
 * withheld.
 */
export async function printable(db: Db, badge: Named): Promise<(name: string) => boolean> {
  const held = await isHeldBack(db, badge)
  return (name) => !held && canDraw(name)
}
