import type { Badge } from '../../domain/badge/badge.ts'
import { directoryKeys } from '../../domain/badge/directory.ts'
import { type BadgeChange, updateBadge, updateFacts } from '../../storage/badges/badge-changes.ts'
import { replaceListing } from '../../storage/badges/directory.ts'
import type { Tx } from '../../storage/database.ts'

/** Changes a badge, and lists it in the directory as the public may find it now. */
export async function changeBadge(db: Tx, id: string, change: BadgeChange): Promise<void> {
  const badge = await updateBadge(db, id, change)
  if (badge) await replaceListing(db, badge, directoryKeys(badge))
}

/** Writes the corrected facts of a reissued badge, and lists it in the directory under its new name and dates. */
export async function correctBadge(db: Tx, badge: Badge): Promise<void> {
  await updateFacts(db, badge)
  await replaceListing(db, badge, directoryKeys(badge))
}
