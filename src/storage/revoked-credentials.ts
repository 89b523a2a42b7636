import type { Credential, CredentialKind, RevocationClass } from '../domain/badge.ts'
import { credentialColumns, toCredential } from './credentials.ts'
import type { Db } from './database.ts'
import { countChange } from './status-lists.ts'

/** Revokes every credential of a badge; their status lists count a change, so that they are signed anew. */
export async function revokeCredentials(
  db: Db,
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
 * Revokes the credentials of a badge, or those of one kind, as `corrected`, because others take their place; their status lists
 * count a change. Answers what was revoked.
 */
export async function replaceCredentials(
  db: Db,
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

/** The revoked assertions that one RSA key signed. One that was never signed is in nobody's hands and not listed. */
export async function findRevokedAssertions(db: Db, key: string) {
  const rows = await db
    .selectFrom('credential')
    .select(['assertion_id', 'revoked_class'])
    .where('revoked_class', 'is not', null)
    .where('assertion_key', '=', key)
    .unionAll(
      db
        .selectFrom('erased_credential')
        .select(['assertion_id', 'revoked_class'])
        .where('revoked_class', 'is not', null)
        .where('assertion_key', '=', key),
    )
    .orderBy('assertion_id')
    .execute()
  return rows.flatMap(({ assertion_id, revoked_class }) =>
    revoked_class ? [{ assertionId: assertion_id, revokedClass: revoked_class }] : [],
  )
}

/** The revoked credentials whose status is 1EdTech's own list. */
export async function findRevokedCredentials(db: Db) {
  const rows = await db
    .selectFrom('credential')
    .innerJoin('badge', 'badge.id', 'credential.badge_id')
    .select(['credential.credential_id', 'credential.revoked_class'])
    .where('credential.revoked_class', 'is not', null)
    .where('badge.status_method', '=', '1EdTechRevocationList')
    .unionAll(
      db
        .selectFrom('erased_credential')
        .select(['credential_id', 'revoked_class'])
        .where('revoked_class', 'is not', null)
        .where('status_method', '=', '1EdTechRevocationList'),
    )
    .orderBy('credential_id')
    .execute()
  return rows.flatMap(({ credential_id, revoked_class }) =>
    revoked_class ? [{ credentialId: credential_id, revokedClass: revoked_class }] : [],
  )
}
