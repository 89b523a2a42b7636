import type { ShareLink } from '../../domain/badge/share-link.ts'
import type { Db } from '../database.ts'
import type { Tables } from '../tables.ts'
import { type At, columnAt, valueAt } from './shown-badges.ts'

const columns = [
  'share_link.id',
  'share_link.badge_id',
  'share_link.label',
  'share_link.with_name',
  'share_link.with_files',
  'share_link.with_certificate',
  'share_link.expires_at',
  'share_link.view_limit',
  'share_link.views',
  'share_link.created_at',
  'share_link.seen_at',
] as const

type Row = Omit<Tables['share_link'], 'hash'>

function toShareLink(row: Row): ShareLink {
  return {
    id: row.id,
    badgeId: row.badge_id,
    label: row.label,
    withName: row.with_name === 1,
    withFiles: row.with_files === 1,
    withCertificate: row.with_certificate === 1,
    expiresAt: row.expires_at,
    viewLimit: row.view_limit,
    views: row.views,
    createdAt: row.created_at,
    seenAt: row.seen_at,
  }
}

/** Stores a share link by the hash of its secret. */
export async function keepShareLink(db: Db, hash: string, link: ShareLink): Promise<void> {
  await db
    .insertInto('share_link')
    .values({
      id: link.id,
      badge_id: link.badgeId,
      hash,
      label: link.label,
      with_name: Number(link.withName),
      with_files: Number(link.withFiles),
      with_certificate: Number(link.withCertificate),
      expires_at: link.expiresAt,
      view_limit: link.viewLimit,
      views: link.views,
      created_at: link.createdAt,
      seen_at: link.seenAt,
    })
    .execute()
}

/** The share link with this hash, for the badge at an address, live or not. */
export async function findShareLink(db: Db, at: At, hash: string): Promise<ShareLink | undefined> {
  const row = await db
    .selectFrom('share_link')
    .innerJoin('badge', 'badge.id', 'share_link.badge_id')
    .select(columns)
    .where('share_link.hash', '=', hash)
    .where(columnAt(at), '=', valueAt(at))
    .executeTakeFirst()
  return row && toShareLink(row)
}

/** The share links of badges, newest first. */
export async function listShareLinks(db: Db, badgeIds: string[]): Promise<ShareLink[]> {
  if (badgeIds.length === 0) return []
  const rows = await db
    .selectFrom('share_link')
    .select(columns)
    .where('badge_id', 'in', badgeIds)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toShareLink)
}

/**
 * Counts a view, unless the limit is reached: of two views at once, only one is the last. Answers whether it was
 * counted.
 */
export async function countView(db: Db, id: string, at: string): Promise<boolean> {
  const counted = await db
    .updateTable('share_link')
    .set((row) => ({ views: row('views', '+', 1), seen_at: at }))
    .where('id', '=', id)
    .where((is) => is.or([is('view_limit', 'is', null), is('views', '<', is.ref('view_limit'))]))
    .executeTakeFirst()
  return counted.numUpdatedRows === 1n
}

/** Deletes a share link. Answers false if the badge has no such link. */
export async function dropShareLink(db: Db, badgeId: string, id: string): Promise<boolean> {
  const dropped = await db
    .deleteFrom('share_link')
    .where('badge_id', '=', badgeId)
    .where('id', '=', id)
    .executeTakeFirst()
  return dropped.numDeletedRows === 1n
}

/** Deletes every share link of a badge. */
export async function dropShareLinks(db: Db, badgeId: string): Promise<void> {
  await db.deleteFrom('share_link').where('badge_id', '=', badgeId).execute()
}
