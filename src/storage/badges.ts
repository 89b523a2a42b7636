import type { Selectable } from 'kysely'
import type { PrivacyChange } from '../../schemas/badge.ts'
import type { Badge, RevocationClass } from '../domain/badge.ts'
import type { Db } from './database.ts'
import type { Tables } from './tables.ts'

type Row = Selectable<Tables['badge']>

export const badgeColumns = [
  'badge.id',
  'badge.slug',
  'badge.hosted_id',
  'badge.subject_id',
  'badge.source',
  'badge.result_id',
  'badge.exam',
  'badge.achievement',
  'badge.programme_version',
  'badge.certification_number',
  'badge.earned_on',
  'badge.expires_on',
  'badge.valid_from',
  'badge.valid_until',
  'badge.score',
  'badge.recipient_hash',
  'badge.recipient_salt',
  'badge.hosted_key',
  'badge.status_method',
  'badge.visibility',
  'badge.name_display',
  'badge.discoverable',
  'badge.show_expired',
  'badge.reserved_at',
  'badge.issued_at',
  'badge.suspended_at',
  'badge.suspended_by',
  'badge.revoked_at',
  'badge.revoked_class',
  'badge.changes',
] as const

export function toBadge(row: Row): Badge {
  const { recipient_hash: hash, recipient_salt: salt } = row
  return {
    id: row.id,
    slug: row.slug,
    hostedId: row.hosted_id,
    subjectId: row.subject_id,
    source: row.source,
    resultId: row.result_id,
    exam: row.exam,
    achievement: row.achievement,
    programmeVersion: row.programme_version,
    certificationNumber: row.certification_number,
    earnedOn: row.earned_on,
    expiresOn: row.expires_on,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    score: row.score,
    recipient: hash !== null && salt !== null ? { hash, salt } : null,
    hostedKey: row.hosted_key,
    statusMethod: row.status_method,
    visibility: row.visibility,
    nameDisplay: row.name_display,
    discoverable: row.discoverable === 1,
    showExpired: row.show_expired === 1,
    reservedAt: row.reserved_at,
    issuedAt: row.issued_at,
    suspendedAt: row.suspended_at,
    suspendedBy: row.suspended_by,
    revokedAt: row.revoked_at,
    revokedClass: row.revoked_class,
    changes: row.changes,
  }
}

/** Puts the badge on record before anything is signed for it. */
export async function reserveBadge(db: Db, badge: Badge): Promise<void> {
  await db
    .insertInto('badge')
    .values({
      id: badge.id,
      slug: badge.slug,
      hosted_id: badge.hostedId,
      subject_id: badge.subjectId,
      source: badge.source,
      result_id: badge.resultId,
      exam: badge.exam,
      achievement: badge.achievement,
      programme_version: badge.programmeVersion,
      certification_number: badge.certificationNumber,
      earned_on: badge.earnedOn,
      expires_on: badge.expiresOn,
      valid_from: badge.validFrom,
      valid_until: badge.validUntil,
      score: badge.score,
      recipient_hash: badge.recipient?.hash ?? null,
      recipient_salt: badge.recipient?.salt ?? null,
      hosted_key: badge.hostedKey,
      status_method: badge.statusMethod,
      visibility: badge.visibility,
      name_display: badge.nameDisplay,
      discoverable: Number(badge.discoverable),
      show_expired: Number(badge.showExpired),
      reserved_at: badge.reservedAt,
      issued_at: null,
      suspended_at: null,
      suspended_by: null,
      revoked_at: null,
      revoked_class: null,
      changes: 0,
    })
    .execute()
}

/** Takes a certification number for ever. Answers false if somebody has it. */
export async function takeCertificationNumber(db: Db, number: string): Promise<boolean> {
  const taken = await db
    .insertInto('certification')
    .values({ number })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return taken.numInsertedOrUpdatedRows === 1n
}

type By = { id: string } | { slug: string } | { hosted_id: string }

export async function findBadge(db: Db, by: By): Promise<Badge | undefined> {
  const [[column, value]] = Object.entries(by) as [['id' | 'slug' | 'hosted_id', string]]
  const row = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where(column, '=', value)
    .executeTakeFirst()
  return row && toBadge(row)
}

/** The unrevoked badge of a result, issued or only reserved. */
export async function findLiveBadge(
  db: Db,
  source: string,
  resultId: string,
): Promise<Badge | undefined> {
  const row = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row && toBadge(row)
}

/** Holds the live badge of a result until the transaction ends; always after its result, never before. */
export async function lockLiveBadge(db: Db, source: string, resultId: string): Promise<void> {
  await db
    .updateTable('badge')
    .set((row) => ({ changes: row.ref('changes') }))
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Holds one badge until the transaction ends. */
export async function lockBadge(db: Db, id: string): Promise<void> {
  await db
    .updateTable('badge')
    .set((row) => ({ changes: row.ref('changes') }))
    .where('id', '=', id)
    .execute()
}

/** The badge that answers for a result: the live one, else the one revoked last. */
export async function findBadgeOfResult(
  db: Db,
  source: string,
  resultId: string,
): Promise<Badge | undefined> {
  const rows = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('issued_at', 'is not', null)
    .orderBy('reserved_at', 'desc')
    .execute()
  const row = rows.find((each) => each.revoked_at === null) ?? rows[0]
  return row && toBadge(row)
}

/** Issued badges by id, `limit` at a time, from the one after `after`. */
export async function listBadges(
  db: Db,
  { after, limit }: { after?: string; limit: number },
): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where('issued_at', 'is not', null)
    .where('id', '>', after ?? '')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toBadge)
}

type Change = {
  issuedAt?: string
  suspendedAt?: string | null
  suspendedBy?: Badge['suspendedBy']
  revokedAt?: string
  revokedClass?: RevocationClass
} & PrivacyChange

/** Changes facts of a badge and counts the change, so that no cache takes the new state for the old one. */
export async function changeBadge(db: Db, id: string, change: Change): Promise<void> {
  await db
    .updateTable('badge')
    .set({
      issued_at: change.issuedAt,
      suspended_at: change.suspendedAt,
      suspended_by: change.suspendedBy,
      revoked_at: change.revokedAt,
      revoked_class: change.revokedClass,
      visibility: change.visibility,
      name_display: change.nameDisplay,
      discoverable: change.discoverable === undefined ? undefined : Number(change.discoverable),
      show_expired: change.showExpired === undefined ? undefined : Number(change.showExpired),
    })
    .set((row) => ({ changes: row('changes', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
