import type { LinkPurpose, MailLink } from '../../domain/people/mail-link.ts'
import type { Db } from '../database.ts'

/** Stores a mailed link by the hash of its secret. */
export async function keepMailLink(db: Db, hash: string, link: MailLink): Promise<void> {
  await db
    .insertInto('mail_link')
    .values({
      hash,
      purpose: link.purpose,
      email: link.email,
      badge_id: link.badgeId,
      account_id: link.accountId,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
      spent_at: link.spentAt,
    })
    .execute()
}

/** The link of this purpose with this hash, even if used or expired. */
export async function findMailLink(
  db: Db,
  hash: string,
  purpose: LinkPurpose,
): Promise<MailLink | undefined> {
  const row = await db
    .selectFrom('mail_link')
    .selectAll()
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .executeTakeFirst()
  return (
    row && {
      purpose: row.purpose,
      email: row.email,
      badgeId: row.badge_id,
      accountId: row.account_id,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      spentAt: row.spent_at,
    }
  )
}

/** Marks a link as used, once. Answers false if it was used before, or has expired. */
export async function spendMailLink(db: Db, hash: string, at: string): Promise<boolean> {
  const spent = await db
    .updateTable('mail_link')
    .set({ spent_at: at })
    .where('hash', '=', hash)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return spent.numUpdatedRows === 1n
}

/** How many links of a purpose were sent to an address since an instant. */
export async function countMailLinks(
  db: Db,
  { email, purpose, since }: { email: string; purpose: LinkPurpose; since: string },
): Promise<number> {
  const { count } = await db
    .selectFrom('mail_link')
    .select(({ fn }) => fn.countAll<string | number>().as('count'))
    .where('email', '=', email)
    .where('created_at', '>', since)
    .where('purpose', '=', purpose)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Deletes links that expired before an instant. */
export async function pruneMailLinks(db: Db, before: string): Promise<void> {
  await db.deleteFrom('mail_link').where('expires_at', '<', before).execute()
}
