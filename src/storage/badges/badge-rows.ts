import type { Selectable } from 'kysely'
import type { Badge, IssuedBadge, ReservedBadge } from '../../domain/badge/badge.ts'
import type { Tables } from '../tables.ts'

type Row = Selectable<Tables['badge']>

/** The columns of a badge, qualified by their table, for joins. */
export const badgeColumns = [
  'badge.id',
  'badge.slug',
  'badge.hosted_id',
  'badge.subject_id',
  'badge.source',
  'badge.result_id',
  'badge.revision',
  'badge.candidate_id',
  'badge.full_name',
  'badge.latin_name',
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
  'badge.revoked_by',
  'badge.changes',
  'badge.renews',
  'badge.account_id',
  'badge.claimed_at',
  'badge.declined_at',
] as const

/** A badge from its row. */
export function toBadge(row: Row): Badge {
  const { recipient_hash: hash, recipient_salt: salt } = row
  const facts = {
    id: row.id,
    slug: row.slug,
    hostedId: row.hosted_id,
    subjectId: row.subject_id,
    source: row.source,
    resultId: row.result_id,
    revision: row.revision,
    candidateId: row.candidate_id,
    holder: { fullName: row.full_name, latinName: row.latin_name },
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
    changes: row.changes,
    renews: row.renews,
    accountId: row.account_id,
    ...suspensionOf(row),
    ...claimOf(row),
  }
  return { ...facts, ...stateOf(row) }
}

function stateOf({ issued_at: issuedAt, revoked_at, revoked_class, revoked_by }: Row) {
  const notRevoked = { revokedAt: null, revokedClass: null, revokedBy: null } as const
  if (revoked_at === null)
    return issuedAt === null ? { issuedAt, ...notRevoked } : { issuedAt, ...notRevoked }
  if (revoked_class === null || revoked_by === null)
    throw new Error('a badge is revoked without its reason')
  return { issuedAt, revokedAt: revoked_at, revokedClass: revoked_class, revokedBy: revoked_by }
}

function suspensionOf({ suspended_at: suspendedAt, suspended_by: suspendedBy }: Row) {
  if (suspendedAt === null || suspendedBy === null)
    return { suspendedAt: null, suspendedBy: null } as const
  return { suspendedAt, suspendedBy }
}

function claimOf({ claimed_at: claimedAt, declined_at: declinedAt }: Row) {
  if (claimedAt !== null) return { claimedAt, declinedAt: null } as const
  return declinedAt === null ? { claimedAt, declinedAt } : { claimedAt, declinedAt }
}

/** The row of a badge that nobody has suspended, claimed or declined yet. */
export function toNewRow(badge: ReservedBadge | IssuedBadge): Row {
  return {
    id: badge.id,
    slug: badge.slug,
    hosted_id: badge.hostedId,
    subject_id: badge.subjectId,
    source: badge.source,
    result_id: badge.resultId,
    revision: badge.revision,
    candidate_id: badge.candidateId,
    full_name: badge.holder.fullName,
    latin_name: badge.holder.latinName,
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
    issued_at: badge.issuedAt,
    suspended_at: null,
    suspended_by: null,
    revoked_at: null,
    revoked_class: null,
    revoked_by: null,
    changes: badge.changes,
    renews: badge.renews,
    account_id: null,
    claimed_at: null,
    declined_at: null,
  }
}
