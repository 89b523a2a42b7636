import type { Shown } from '../../domain/badge/privacy.ts'
import type { Tools } from '../tools/tools.ts'
import { printable } from './can-print.ts'
import { findShown, type Visitor } from './show-badge.ts'
import { pictureOf } from './show-files.ts'

/**
 * A badge for elsewhere: what is shown of it, its picture as it is now, and its picture without a word on it. `withheld`: the name on its
 * card cannot be drawn whole, so there is no card.
 */
export type Previewed = {
  kind: 'gone' | 'shown'
  shown: Exclude<Shown, { kind: 'hidden' }>
  withheld: boolean
  picture: () => Promise<Buffer>
  plainPicture: () => Promise<Buffer>
}

/**
 * What networks and other sites may have of a badge. A share link opens nothing here: it was given to somebody, and what a network has
 * fetched is everybody's.
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
