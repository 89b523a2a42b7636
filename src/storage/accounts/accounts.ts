import type { Account, Address } from '../../domain/people/account.ts'
import type { Db, Tx } from '../database.ts'
import { moveProfile } from './profiles.ts'

/** The account that proved an address. */
export async function findAccountId(db: Db, email: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('account_address')
    .select('account_id')
    .where('email', '=', email)
    .executeTakeFirst()
  return row?.account_id
}

/** An account with its addresses, the main one first. */
export async function findAccount(db: Db, id: string): Promise<Account | undefined> {
  const account = await db
    .selectFrom('account')
    .select(['id', 'created_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  return account && { id, createdAt: account.created_at, addresses: await findAddresses(db, id) }
}

async function findAddresses(db: Db, accountId: string): Promise<Address[]> {
  const rows = await db
    .selectFrom('account_address')
    .select(['email', 'verified_at', 'main'])
    .where('account_id', '=', accountId)
    .orderBy('main', 'desc')
    .orderBy('verified_at')
    .orderBy('email')
    .execute()
  return rows.map(({ email, verified_at, main }) => ({
    email,
    verifiedAt: verified_at,
    main: main === 1,
  }))
}

/** Locks an account until the transaction ends. Answers false if it does not exist any more. */
export async function lockAccount(db: Tx, id: string): Promise<boolean> {
  const held = await db
    .updateTable('account')
    // Not the id: for it, SQLite looks through every table that refers to it.
    .set((row) => ({ created_at: row.ref('created_at') }))
    .where('id', '=', id)
    .executeTakeFirst()
  return held.numUpdatedRows === 1n
}

/** Creates an account. */
export async function addAccount(db: Tx, id: string, at: string): Promise<void> {
  await db.insertInto('account').values({ id, created_at: at }).execute()
}

/** Deletes an account that never had an address. */
export async function dropAccount(db: Tx, id: string): Promise<void> {
  await db.deleteFrom('account').where('id', '=', id).execute()
}

/** Adds an address to an account. Answers false if another account has it. */
export async function addAddress(
  db: Tx,
  accountId: string,
  { email, verifiedAt, main }: Address,
): Promise<boolean> {
  const added = await db
    .insertInto('account_address')
    .values({ email, account_id: accountId, verified_at: verifiedAt, main: Number(main) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** Makes one address of an account the main one. */
export async function setMainAddress(db: Tx, accountId: string, email: string): Promise<void> {
  await db
    .updateTable('account_address')
    .set((row) => ({
      main: row.case().when('email', '=', email).then(1).else(0).end(),
    }))
    .where('account_id', '=', accountId)
    .execute()
}

/** Removes an address from an account. */
export async function removeAddress(db: Tx, accountId: string, email: string): Promise<void> {
  await db
    .deleteFrom('account_address')
    .where('account_id', '=', accountId)
    .where('email', '=', email)
    .execute()
}

/**
 * Merges an account into another and deletes it. The other account gets its profile if it has none; otherwise the
 * handle stays reserved until `formerUntil`.
 */
export async function mergeAccounts(
  db: Tx,
  into: string,
  from: string,
  formerUntil: string,
): Promise<void> {
  await db
    .updateTable('account_address')
    .set({ account_id: into, main: 0 })
    .where('account_id', '=', from)
    .execute()
  await db.updateTable('badge').set({ account_id: into }).where('account_id', '=', from).execute()
  await db
    .updateTable('mail_link')
    .set({ account_id: into })
    .where('account_id', '=', from)
    .execute()
  await db.updateTable('mail').set({ account_id: into }).where('account_id', '=', from).execute()
  await moveProfile(db, into, from, formerUntil)
  await db.deleteFrom('session').where('account_id', '=', from).execute()
  await db.deleteFrom('account').where('id', '=', from).execute()
}
