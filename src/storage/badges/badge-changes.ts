import type { PrivacyChange } from '../../../schemas/badge.ts'
import type {
  Badge,
  Holder,
  IssuedBadge,
  ReservedBadge,
  RevocationClass,
} from '../../domain/badge/badge.ts'
import type { Tx } from '../database.ts'
import { fixedInsert, fixedQuery } from '../fixed-query.ts'
import type { Tables } from '../tables.ts'
import { badgeColumns, toBadge, toNewRow } from './badge-rows.ts'

/** Records new badges, reserved or issued. */
export async function addBadges(db: Tx, badges: (ReservedBadge | IssuedBadge)[]): Promise<void> {
  await newBadges(db, badges.map(toNewRow))
}

const newBadges = fixedInsert((db, rows: Tables['badge'][]) => db.insertInto('badge').values(rows))

/** Deletes a reservation that was never signed; its ids were never published. */
export async function dropReservation(db: Tx, id: string): Promise<void> {
  await db.deleteFrom('credential').where('badge_id', '=', id).execute()
  await db.deleteFrom('badge').where('id', '=', id).where('issued_at', 'is', null).execute()
}

/** Takes certification numbers permanently. Answers how many of them were free. */
export function takeCertificationNumbers(db: Tx, numbers: string[]): Promise<number> {
  return newNumbers(
    db,
    numbers.map((number) => ({ number })),
  )
}

const newNumbers = fixedInsert((db, rows: { number: string }[]) =>
  db
    .insertInto('certification')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing()),
)

/** Marks a reserved badge as issued, and answers it; undefined if it was issued, revoked or dropped meanwhile. */
export async function markIssued(db: Tx, id: string, at: string): Promise<IssuedBadge | undefined> {
  const [row] = await issued(db, { id, at })
  return row && (toBadge(row) as IssuedBadge)
}

const issued = fixedQuery((db, { id, at }: { id: string; at: string }) =>
  db
    .updateTable('badge')
    .set((row) => ({ issued_at: at, changes: row('changes', '+', 1) }))
    .where('id', '=', id)
    .where('issued_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning(badgeColumns),
)

export type BadgeChange = {
  issuedAt?: string
  suspendedAt?: string | null
  suspendedBy?: Badge['suspendedBy']
  revokedAt?: string
  revokedClass?: RevocationClass
  revokedBy?: 'result' | 'operator'
  holder?: Holder
  revision?: number
  renews?: string | null
  candidateId?: string
} & PrivacyChange

/** Changes a badge and counts the change, so that no cache serves the old state. Answers the changed badge. */
export async function updateBadge(
  db: Tx,
  id: string,
  change: BadgeChange,
): Promise<Badge | undefined> {
  const row = await db
    .updateTable('badge')
    .set({
      issued_at: change.issuedAt,
      suspended_at: change.suspendedAt,
      suspended_by: change.suspendedBy,
      revoked_at: change.revokedAt,
      revoked_class: change.revokedClass,
      revoked_by: change.revokedBy,
      full_name: change.holder?.fullName,
      latin_name: change.holder?.latinName,
      revision: change.revision,
      renews: change.renews,
      candidate_id: change.candidateId,
      visibility: change.visibility,
      name_display: change.nameDisplay,
      discoverable: change.discoverable === undefined ? undefined : Number(change.discoverable),
      show_expired: change.showExpired === undefined ? undefined : Number(change.showExpired),
    })
    .set((row) => ({ changes: row('changes', '+', 1) }))
    .where('id', '=', id)
    .returning(badgeColumns)
    .executeTakeFirst()
  return row && toBadge(row)
}

/** Writes the corrected facts of a reissued badge, including its holder's name, and counts the change. */
export async function updateFacts(db: Tx, badge: Badge): Promise<void> {
  await db
    .updateTable('badge')
    .set({
      full_name: badge.holder.fullName,
      latin_name: badge.holder.latinName,
      exam: badge.exam,
      certification_number: badge.certificationNumber,
      earned_on: badge.earnedOn,
      expires_on: badge.expiresOn,
      valid_from: badge.validFrom,
      valid_until: badge.validUntil,
      score: badge.score,
      recipient_hash: badge.recipient?.hash ?? null,
      recipient_salt: badge.recipient?.salt ?? null,
      hosted_key: badge.hostedKey,
    })
    .set((row) => ({ changes: row('changes', '+', 1) }))
    .where('id', '=', badge.id)
    .execute()
}
