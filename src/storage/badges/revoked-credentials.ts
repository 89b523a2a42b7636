import { sql } from 'kysely'
import type { Credential, CredentialKind, RevocationClass } from '../../domain/badge/badge.ts'
import type { Db, Tx } from '../database.ts'
import { credentialColumns, toCredential } from './credentials.ts'
import { countChange } from './status-lists.ts'

/** Revokes every credential of a badge. Their status lists count a change, so that they are signed again. */
export async function revokeCredentials(
  db: Tx,
  badgeId: string,
  revokedClass: RevocationClass,
): Promise<void> {
  await db
    .updateTable('credential')
    .set({ revoked_class: revokedClass })
    .where('badge_id', '=', badgeId)
    .where('revoked_class', 'is', null)
    .execute()
  await db
    .updateTable('status_list')
    .set((row) => ({ changes: row('changes', '+', 1) }))
    .where('id', 'in', (select) =>
      select.selectFrom('credential').select('status_list').where('badge_id', '=', badgeId),
    )
    .execute()
}

/**
 * Revokes the credentials of a badge, or those of one kind, as `corrected`, because others replace them. Their status
 * lists count a change. Answers the revoked credentials.
 */
export async function replaceCredentials(
  db: Tx,
  badgeId: string,
  at: string,
  kind?: CredentialKind,
): Promise<Credential[]> {
  let query = db
    .updateTable('credential')
    .set({ replaced_at: at, revoked_class: 'corrected' })
    .where('badge_id', '=', badgeId)
    .where('replaced_at', 'is', null)
  if (kind) query = query.where('kind', '=', kind)
  const replaced = await query.returning(credentialColumns).execute()
  for (const list of new Set(replaced.map(({ status_list }) => status_list)))
    await countChange(db, list)
  return replaced.map(toCredential)
}

/** A page of a list: the id before its first row, and its maximum size. */
type Page = { after: string; limit: number }

/**
 * The ids of revoked assertions that one RSA key signed. An assertion that was never signed has no copies, and is not
 * listed.
 */
export async function findRevokedAssertions(db: Db, key: string, { after, limit }: Page) {
  const rows = await db
    .selectFrom('credential')
    .select(['assertion_id', 'revoked_class'])
    .where('revoked_class', 'is not', null)
    .where('assertion_key', '=', key)
    .where('assertion_id', '>', after)
    .unionAll(
      db
        .selectFrom('erased_credential')
        .select(['assertion_id', 'revoked_class'])
        .where('revoked_class', 'is not', null)
        .where('assertion_key', '=', key)
        .where('assertion_id', '>', after),
    )
    .orderBy('assertion_id')
    .limit(limit)
    .execute()
  return rows.flatMap(({ assertion_id, revoked_class }) =>
    revoked_class ? [{ id: assertion_id, revokedClass: revoked_class }] : [],
  )
}

/** The ids of revoked credentials whose status method is 1EdTech's own list. */
export async function findRevokedCredentials(db: Db, { after, limit }: Page) {
  const erased = db
    .selectFrom('erased_credential')
    .select(['credential_id', 'revoked_class'])
    .where('revoked_class', 'is not', null)
    .where('status_method', '=', '1EdTechRevocationList')
    .where('credential_id', '>', after)
  const revoked = db
    .selectFrom('credential')
    .innerJoin('badge', 'badge.id', 'credential.badge_id')
    .select(['credential.credential_id', 'credential.revoked_class'])
    .where('credential.revoked_class', 'is not', null)
    .where('badge.status_method', '=', '1EdTechRevocationList')
    .where('credential.credential_id', '>', after)
  const rows = (await isListUsed(db))
    ? await revoked.unionAll(erased).orderBy('credential_id').limit(limit).execute()
    : await erased.orderBy('credential_id').limit(limit).execute()
  return rows.flatMap(({ credential_id, revoked_class }) =>
    revoked_class ? [{ id: credential_id, revokedClass: revoked_class }] : [],
  )
}

/** Whether any badge has that method: in most installations none, and no revoked badge needs to be read. */
async function isListUsed(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('badge')
    .select('id')
    .where('status_method', '=', sql.lit('1EdTechRevocationList'))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
