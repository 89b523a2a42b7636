import type { Badge } from '../../domain/badge/badge.ts'
import type { Db, Tx } from '../database.ts'
import { resultsOf } from '../results/people.ts'
import { badgeColumns, toBadge } from './badge-rows.ts'
import { type At, columnAt, valueAt } from './shown-badges.ts'

/**
 * The issued badges of an account: those that it claimed or declined, and those without an account whose candidate has
 * an address that the account proved. Latest earned first.
 */
export async function findOwnedBadges(db: Db, accountId: string): Promise<Badge[]> {
  const owned = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where('account_id', '=', accountId)
    .where('issued_at', 'is not', null)
    .execute()
  const open = await db
    .selectFrom('account_address')
    .innerJoin('candidate', 'candidate.email', 'account_address.email')
    .innerJoin('badge', (join) =>
      join
        .onRef('badge.source', '=', 'candidate.source')
        .onRef('badge.candidate_id', '=', 'candidate.candidate_id'),
    )
    .select(badgeColumns)
    .where('account_address.account_id', '=', accountId)
    .where('badge.account_id', 'is', null)
    .where('badge.issued_at', 'is not', null)
    .execute()
  return [...owned, ...open]
    .map(toBadge)
    .toSorted((one, other) => (one.validFrom < other.validFrom ? 1 : -1))
}

/** The accounts that claimed or declined a badge of a person. */
export async function findOwnersOf(db: Db, personId: string): Promise<string[]> {
  const rows = await resultsOf(db, personId)
    .crossJoin('badge')
    .whereRef('badge.source', '=', 'result.source')
    .whereRef('badge.result_id', '=', 'result.result_id')
    .select('badge.account_id')
    .distinct()
    .execute()
  return rows.flatMap(({ account_id }) => account_id ?? [])
}

/** Whether an account owns the badge at an address or with an id. Always one query, whatever the answer. */
export async function owns(db: Db, at: At | { id: string }, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('badge')
    .select('badge.id')
    .where('id' in at ? 'badge.id' : columnAt(at), '=', 'id' in at ? at.id : valueAt(at))
    .where('badge.issued_at', 'is not', null)
    .where((is) =>
      is.or([
        is('badge.account_id', '=', accountId),
        is.and([
          is('badge.account_id', 'is', null),
          is.exists(
            is
              .selectFrom('candidate')
              .innerJoin('account_address', 'account_address.email', 'candidate.email')
              .select('candidate.email')
              .whereRef('candidate.source', '=', 'badge.source')
              .whereRef('candidate.candidate_id', '=', 'badge.candidate_id')
              .where('account_address.account_id', '=', accountId),
          ),
        ]),
      ]),
    )
    .executeTakeFirst()
  return row !== undefined
}

/** The address of a badge's candidate, as the exam system has it now, in its normal form. */
export async function findHolderEmail(db: Db, badge: Badge): Promise<string | undefined> {
  const row = await db
    .selectFrom('candidate')
    .select('email')
    .where('source', '=', badge.source)
    .where('candidate_id', '=', badge.candidateId)
    .executeTakeFirst()
  return row?.email || undefined
}

/** The language tag of a badge's candidate, as the exam system has it. */
export async function findHolderLocale(db: Db, badge: Badge): Promise<string | undefined> {
  const row = await db
    .selectFrom('candidate')
    .select('locale')
    .where('source', '=', badge.source)
    .where('candidate_id', '=', badge.candidateId)
    .executeTakeFirst()
  return row?.locale ?? undefined
}

/** Writes a badge's account, or that it has none, and whether it was claimed or declined. */
export async function setOwner(
  db: Tx,
  id: string,
  { accountId, claimedAt, declinedAt }: Pick<Badge, 'accountId' | 'claimedAt' | 'declinedAt'>,
): Promise<void> {
  await db
    .updateTable('badge')
    .set((row) => ({
      account_id: accountId,
      claimed_at: claimedAt,
      declined_at: declinedAt,
      changes: row('changes', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

/** Whether a candidate with this address has an issued badge that was not declined. */
export async function hasOpenBadge(db: Db, email: string): Promise<boolean> {
  const row = await db
    .selectFrom('candidate')
    .innerJoin('badge', (join) =>
      join
        .onRef('badge.source', '=', 'candidate.source')
        .onRef('badge.candidate_id', '=', 'candidate.candidate_id'),
    )
    .select('badge.id')
    .where('candidate.email', '=', email)
    .where('badge.issued_at', 'is not', null)
    .where('badge.declined_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
