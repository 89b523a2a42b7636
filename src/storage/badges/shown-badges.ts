import type { Selectable } from 'kysely'
import type { Badge, Credential } from '../../domain/badge/badge.ts'
import type { Gate, Renewals } from '../../domain/badge/privacy.ts'
import { shapeText } from '../credential-texts.ts'
import type { Db } from '../database.ts'
import { fixedQuery } from '../fixed-query.ts'
import type { Tables } from '../tables.ts'
import { badgeColumns, toBadge } from './badge-rows.ts'
import { toCredential } from './credentials.ts'

/** An address of a badge: that of its page, or of its hosted assertion. */
export type At = { slug: string } | { hostedId: string }

/** The column and the value to find an address by. */
export const columnAt = (at: At) =>
  ('slug' in at ? 'badge.slug' : 'badge.hosted_id') as 'badge.slug'
export const valueAt = (at: At) => ('slug' in at ? at.slug : at.hostedId)

/** The facts that decide access to a badge, and those that tell whether it changed. */
export type KnownGate = Gate & Pick<Badge, 'id' | 'suspendedAt' | 'changes' | 'renews'>

/**
 * The gate of the badge at an address, and nothing more: a private badge takes as long as a missing one.
 */
export async function findGate(db: Db, at: At): Promise<KnownGate | undefined> {
  const [row] =
    'slug' in at
      ? await gateAtSlug(db, { value: at.slug })
      : await gateAtHosted(db, { value: at.hostedId })
  return row && toGate(row)
}

/** The gates of the badges that a badge renews and is renewed by, in a fixed order. */
export async function findLinkedGates(
  db: Db,
  { id, renews }: Pick<Badge, 'id' | 'renews'>,
): Promise<KnownGate[]> {
  return (await linkedGates(db, { id, older: renews ?? '' })).map(toGate)
}

const gateColumns = [
  'id',
  'issued_at',
  'visibility',
  'valid_until',
  'show_expired',
  'suspended_at',
  'revoked_at',
  'changes',
  'renews',
] as const

function toGate(row: Pick<Selectable<Tables['badge']>, (typeof gateColumns)[number]>): KnownGate {
  return {
    id: row.id,
    issuedAt: row.issued_at,
    visibility: row.visibility,
    validUntil: row.valid_until,
    showExpired: row.show_expired === 1,
    suspendedAt: row.suspended_at,
    revokedAt: row.revoked_at,
    changes: row.changes,
    renews: row.renews,
  }
}

const linkedGates = fixedQuery((db, { id, older }: { id: string; older: string }) =>
  db
    .selectFrom('badge')
    .select(gateColumns)
    .where((is) => is.or([is('renews', '=', id), is('id', '=', older)]))
    .orderBy('id'),
)

const gateBy = (column: 'slug' | 'hosted_id') =>
  fixedQuery((db, { value }: { value: string }) =>
    db.selectFrom('badge').select(gateColumns).where(column, '=', value),
  )
const gateAtSlug = gateBy('slug')
const gateAtHosted = gateBy('hosted_id')

/** A credential of a badge: the current one of a kind, or one for another address by its id. */
export type Which = { kind: 'standard' | 'named' } | { kind: 'new-address'; id: string }

/** A badge with one of its current credentials, read at one moment: everything that a form is made from. */
export async function findShownBadge(
  db: Db,
  at: At,
  which: Which = { kind: 'standard' },
): Promise<{ badge: Badge; credential: Credential } | undefined> {
  let query = db
    .selectFrom('badge')
    .innerJoin('credential', 'credential.badge_id', 'badge.id')
    .select(badgeColumns)
    .select([
      'credential.id as credential_row',
      'credential.kind',
      'credential.assertion_id',
      'credential.credential_id',
      'credential.status_list',
      'credential.status_index',
      'credential.reserved_at as credential_reserved_at',
      'credential.data_integrity',
      shapeText,
      'credential.assertion_jws',
      'credential.assertion_key',
      'credential.credential_jwt',
      'credential.replaced_at',
      'credential.holder_name',
      'credential.recipient_hash as own_hash',
      'credential.recipient_salt as own_salt',
    ])
    .where(columnAt(at), '=', valueAt(at))
    .where('credential.kind', '=', which.kind)
    .where('credential.replaced_at', 'is', null)
  if ('id' in which) query = query.where('credential.id', '=', which.id)
  const row = await query.executeTakeFirst()
  if (!row) return undefined
  return {
    badge: toBadge(row),
    credential: toCredential({
      ...row,
      id: row.credential_row,
      badge_id: row.id,
      reserved_at: row.credential_reserved_at,
      recipient_hash: row.own_hash,
      recipient_salt: row.own_salt,
    }),
  }
}

/** The issued badge that this one renews, and the unrevoked one that renews it. */
export async function findRenewals(db: Db, { id, renews }: Badge): Promise<Renewals> {
  const rows = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where((is) =>
      is.or([
        is.and([is('renews', '=', id), is('revoked_at', 'is', null)]),
        ...(renews === null ? [] : [is('id', '=', renews)]),
      ]),
    )
    .where('issued_at', 'is not', null)
    .execute()
  const badges = rows.map(toBadge)
  return {
    renews: badges.find((badge) => badge.id === renews),
    renewedBy: badges.find((badge) => badge.renews === id),
  }
}
