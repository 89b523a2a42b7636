import type { Badge } from '../../domain/badge/badge.ts'
import type { Profile } from '../../domain/holders/profile.ts'
import { badgeColumns, toBadge } from '../badges/badge-rows.ts'
import type { Db, Tx } from '../database.ts'
import { nextPlace } from '../sitemap.ts'

const columns = ['account_id', 'handle', 'shown', 'name_display', 'discoverable'] as const

type Row = {
  account_id: string
  handle: string
  shown: number
  name_display: Profile['nameDisplay']
  discoverable: number
}

function toProfile(row: Row): Profile {
  return {
    accountId: row.account_id,
    handle: row.handle,
    shown: row.shown === 1,
    nameDisplay: row.name_display,
    discoverable: row.discoverable === 1,
  }
}

/** The profile with a handle, shown or not. */
export async function findProfile(db: Db, handle: string): Promise<Profile | undefined> {
  const row = await db
    .selectFrom('profile')
    .select(columns)
    .where('handle', '=', handle)
    .executeTakeFirst()
  return row && toProfile(row)
}

/** The profile of an account, shown or not. */
export async function findProfileOf(db: Db, accountId: string): Promise<Profile | undefined> {
  const row = await db
    .selectFrom('profile')
    .select(columns)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && toProfile(row)
}

/** The unrevoked public badges that an account claimed. */
export async function findPublicBadges(db: Db, accountId: string): Promise<Badge[]> {
  const rows = await db
    .selectFrom('badge')
    .select(badgeColumns)
    .where('account_id', '=', accountId)
    .where('claimed_at', 'is not', null)
    .where('visibility', '=', 'public')
    .where('revoked_at', 'is', null)
    .execute()
  return rows.map(toBadge)
}

/**
 * Writes the profile of a locked account, whose place in the sitemap stays. Answers false if another account has the
 * handle.
 */
export async function keepProfile(db: Tx, profile: Profile): Promise<boolean> {
  const before = await db
    .deleteFrom('profile')
    .where('account_id', '=', profile.accountId)
    .returning('place')
    .executeTakeFirst()
  const kept = await db
    .insertInto('profile')
    .values({
      account_id: profile.accountId,
      handle: profile.handle,
      shown: Number(profile.shown),
      name_display: profile.nameDisplay,
      discoverable: Number(profile.discoverable),
      place: before?.place ?? (await nextPlace(db, 'profiles')),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return kept.numInsertedOrUpdatedRows === 1n
}

/** Deletes the profile of an account. */
export async function dropProfile(db: Tx, accountId: string): Promise<void> {
  await db.deleteFrom('profile').where('account_id', '=', accountId).execute()
}

type Former = { handle: string; accountId: string | null; until: string }

/** Reserves a handle until an instant. */
export async function reserveHandle(db: Tx, { handle, accountId, until }: Former): Promise<void> {
  const row = { account_id: accountId, until }
  await db
    .insertInto('former_handle')
    .values({ handle, ...row })
    .onConflict((conflict) => conflict.column('handle').doUpdateSet(row))
    .execute()
}

/** Ends the reservation of a handle for the account that had it. */
export async function releaseHandle(db: Tx, accountId: string, handle: string): Promise<void> {
  await db
    .deleteFrom('former_handle')
    .where('handle', '=', handle)
    .where('account_id', '=', accountId)
    .execute()
}

/** Whether one of these handles is reserved for another former owner. */
export async function belongedToOthers(
  db: Db,
  handles: string[],
  { accountId, now }: { accountId: string; now: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('former_handle')
    .select('handle')
    .where('handle', 'in', handles)
    .where('until', '>', now)
    .where((is) => is.or([is('account_id', 'is', null), is('account_id', '!=', accountId)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The former handles of an account that are still reserved. */
export async function listFormerHandles(db: Db, accountId: string) {
  return db
    .selectFrom('former_handle')
    .select(['handle', 'until'])
    .where('account_id', '=', accountId)
    .orderBy('until')
    .execute()
}

/** Deletes the former handles of an account. Answers them. */
export async function dropFormerHandles(db: Tx, accountId: string) {
  return db
    .deleteFrom('former_handle')
    .where('account_id', '=', accountId)
    .returning(['handle', 'until'])
    .execute()
}

/**
 * Moves a profile to another account, switched off: badges of the other account were not shown there. If the other
 * account has a profile, the moved handle stays reserved until an instant.
 */
export async function moveProfile(
  db: Tx,
  into: string,
  from: string,
  until: string,
): Promise<void> {
  const [own, other] = [await findProfileOf(db, into), await findProfileOf(db, from)]
  await db
    .updateTable('former_handle')
    .set({ account_id: into })
    .where('account_id', '=', from)
    .execute()
  if (!other) return
  await dropProfile(db, from)
  if (own) await reserveHandle(db, { handle: other.handle, accountId: into, until })
  else await keepProfile(db, { ...other, accountId: into, shown: false })
}

/** Deletes reservations that have ended. */
export async function pruneFormerHandles(db: Db, now: string): Promise<void> {
  await db.deleteFrom('former_handle').where('until', '<=', now).execute()
}
