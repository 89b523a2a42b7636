import { sql } from 'kysely'
import type { Badge } from '../../domain/badge/badge.ts'
import type { Profile } from '../../domain/holders/profile.ts'
import { badgeColumns, toBadge } from '../badges/badge-rows.ts'
import type { Db } from '../database.ts'

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

/** The badges that an account claimed and let everybody see, and that are not revoked. */
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

/** Writes the profile of an account, which is held. Answers false when somebody else has the handle. */
export async function keepProfile(db: Db, profile: Profile): Promise<boolean> {
  await db.deleteFrom('profile').where('account_id', '=', profile.accountId).execute()
  const kept = await db
    .insertInto('profile')
    .values({
      account_id: profile.accountId,
      handle: profile.handle,
      shown: Number(profile.shown),
      name_display: profile.nameDisplay,
      discoverable: Number(profile.discoverable),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return kept.numInsertedOrUpdatedRows === 1n
}

/** Forgets the profile of an account. */
export async function dropProfile(db: Db, accountId: string): Promise<void> {
  await db.deleteFrom('profile').where('account_id', '=', accountId).execute()
}

type Former = { handle: string; accountId: string | null; until: string }

/** Keeps a handle from others until an instant. */
export async function restHandle(db: Db, { handle, accountId, until }: Former): Promise<void> {
  const row = { account_id: accountId, until }
  await db
    .insertInto('former_handle')
    .values({ handle, ...row })
    .onConflict((conflict) => conflict.column('handle').doUpdateSet(row))
    .execute()
}

/** Lets an account have its old handle back. */
export async function wakeHandle(db: Db, accountId: string, handle: string): Promise<void> {
  await db
    .deleteFrom('former_handle')
    .where('handle', '=', handle)
    .where('account_id', '=', accountId)
    .execute()
}

/** Whether one of these handles was somebody else's until lately. */
export async function wasOthers(
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

/** The handles that an account gave up and that still rest. */
export async function listFormerHandles(db: Db, accountId: string) {
  return db
    .selectFrom('former_handle')
    .select(['handle', 'until'])
    .where('account_id', '=', accountId)
    .orderBy('until')
    .execute()
}

/** Forgets the handles that an account gave up. Answers them. */
export async function dropFormerHandles(db: Db, accountId: string) {
  return db
    .deleteFrom('former_handle')
    .where('account_id', '=', accountId)
    .returning(['handle', 'until'])
    .execute()
}

/**
 * Makes the profile of one account another's, switched off: badges that are joined to it were not shown there. Where the other has one,
 * the handle rests until an instant.
 */
export async function moveProfile(
  db: Db,
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
  if (own) await restHandle(db, { handle: other.handle, accountId: into, until })
  else await keepProfile(db, { ...other, accountId: into, shown: false })
}

/** The handles of profiles that may be found, in their order. */
export async function listFound(
  db: Db,
  { offset, limit }: { offset: number; limit: number },
): Promise<string[]> {
  const rows = await found(db)
    .select('handle')
    .orderBy('handle')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ handle }) => handle)
}

/** How many profiles may be found. */
export async function countFound(db: Db): Promise<number> {
  const row = await found(db)
    .select((is) => is.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function found(db: Db) {
  // Literals, for an index over some rows is used only where it is plain that they are all that is asked for.
  return db
    .selectFrom('profile')
    .where('shown', '=', sql.lit(1))
    .where('discoverable', '=', sql.lit(1))
}

/** Forgets handles whose rest is over. */
export async function pruneFormerHandles(db: Db, now: string): Promise<void> {
  await db.deleteFrom('former_handle').where('until', '<=', now).execute()
}
