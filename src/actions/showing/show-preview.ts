import type { Shown } from '../../domain/badge/privacy.ts'
import type { Tools } from '../tools/tools.ts'
import { printable } from './can-print.ts'
import { findShown, type Visitor } from './show-badge.ts'
import { pictureOf } from './show-files.ts'

/**
 * A badge for other sites: what it shows, its picture in its present state, and its plain picture. `withheld`: the name
 * on its card cannot be drawn completely, so there is no card.
 */
export type Previewed = {
  kind: 'gone' | 'shown'
  shown: Exclude<Shown, { kind: 'hidden' }>
  withheld: boolean
  picture: () => Promise<Buffer>
  plainPicture: () => Promise<Buffer>
}

/**
 * The preview of a badge for networks and other sites. A share link opens nothing here: it was given to certain people,
 * while networks publish what they fetch.
 */
export async function showPreview(
  tools: Tools,
  slug: string,
  visitor: Visitor,
): Promise<{ kind: 'hidden' } | Previewed> {
  const found = await findShown(tools, { slug }, withoutShare(visitor))
  if (found.kind === 'hidden') return found
  const { kind, shown, badge, version } = found
  const canDraw = await printable(tools.db, badge)
  const name = shown.kind === 'shown' ? shown.view.holder?.name : undefined
  return {
    kind,
    shown,
    withheld: name !== undefined && !canDraw(name),
    picture: () => pictureOf(tools, found),
    plainPicture: () =>
      badge.revokedAt ? tools.pictures.revoked() : tools.pictures.plain(version, badge.achievement),
  }
}

function withoutShare(visitor: Visitor): Visitor {
  if (visitor.viewer === 'owner') return visitor
  const { share: _, ...rest } = visitor
  return rest
}
