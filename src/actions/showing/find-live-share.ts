import { isLive, type ShareLink } from '../../domain/badge/share-link.ts'
import { secretHash } from '../../domain/work/secret.ts'
import { countView, findShareLink } from '../../storage/badges/share-links.ts'
import type { At } from '../../storage/badges/shown-badges.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * The live share link with this secret, for the badge at this address. `counted` also counts a view, if one is left.
 */
export async function findLiveShare(
  { db, now }: Pick<Tools, 'db' | 'now'>,
  at: At,
  secret: string,
  { counted }: { counted: boolean },
): Promise<ShareLink | undefined> {
  const link = await findShareLink(db, at, secretHash(secret))
  if (!link || !isLive(link, now(), { counted })) return undefined
  if (counted && !(await countView(db, link.id, now()))) return undefined
  return link
}
