import type { Session } from '../../domain/people/session.ts'
import type { Db, Tx } from '../database.ts'

const columns = [
  'id',
  'account_id',
  'agent',
  'created_at',
  'rotated_at',
  'seen_at',
  'expires_at',
] as const

type Row = {
  id: string
  account_id: string
  agent: string
  created_at: string
  rotated_at: string
  seen_at: string
  expires_at: string
}

function toSession(row: Row): Session {
  return {
    id: row.id,
    accountId: row.account_id,
    agent: row.agent,
    createdAt: row.created_at,
    rotatedAt: row.rotated_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  }
}

/** Stores a session by the hash of its secret. */
export async function keepSession(db: Tx, hash: string, session: Session): Promise<void> {
  await db
    .insertInto('session')
    .values({
      id: session.id,
      hash,
      account_id: session.accountId,
      agent: session.agent,
      created_at: session.createdAt,
      rotated_at: session.rotatedAt,
      seen_at: session.seenAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** The unexpired session with this hash. The previous hash works only if it changed after `graceFrom`. */
export async function findSession(
  db: Db,
  hash: string,
  { now, graceFrom }: { now: string; graceFrom: string },
): Promise<Session | undefined> {
  const row = await db
    .selectFrom('session')
    .select(columns)
    .where((is) =>
      is.or([
        is('hash', '=', hash),
        is.and([is('previous_hash', '=', hash), is('rotated_at', '>', graceFrom)]),
      ]),
    )
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row && toSession(row)
}

/**
 * Gives a session another secret; the previous one works a little longer. Answers false if another request did so
 * meanwhile.
 */
export async function rotateSession(
  db: Db,
  { id, rotatedAt }: Pick<Session, 'id' | 'rotatedAt'>,
  hash: string,
  at: string,
): Promise<boolean> {
  const rotated = await db
    .updateTable('session')
    .set((row) => ({ previous_hash: row.ref('hash'), hash, rotated_at: at }))
    .where('id', '=', id)
    .where('rotated_at', '=', rotatedAt)
    .executeTakeFirst()
  return rotated.numUpdatedRows === 1n
}

/** Records a use of a session and extends its life. */
export async function touchSession(
  db: Db,
  id: string,
  { seenAt, expiresAt }: Pick<Session, 'seenAt' | 'expiresAt'>,
): Promise<void> {
  await db
    .updateTable('session')
    .set({ seen_at: seenAt, expires_at: expiresAt })
    .where('id', '=', id)
    .execute()
}

/** The unexpired sessions of an account, latest used first. */
export async function listSessions(db: Db, accountId: string, now: string): Promise<Session[]> {
  const rows = await db
    .selectFrom('session')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toSession)
}

/** Ends one session of an account, or all but one. */
export async function endSessions(
  db: Db,
  accountId: string,
  which: { id: string } | { except: string | null },
): Promise<void> {
  let query = db.deleteFrom('session').where('account_id', '=', accountId)
  if ('id' in which) query = query.where('id', '=', which.id)
  else if (which.except !== null) query = query.where('id', '!=', which.except)
  await query.execute()
}

/** Deletes expired sessions. */
export async function pruneSessions(db: Db, now: string): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<=', now).execute()
}
