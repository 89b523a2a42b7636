import { type Kysely, sql } from 'kysely'

const indexes = [
  'create index credential_revoked_id on credential (credential_id) where revoked_class is not null',
  'create index credential_revoked_assertion on credential (assertion_key, assertion_id) where revoked_class is not null',
  'create index erased_credential_revoked_id on erased_credential (credential_id) where revoked_class is not null',
  'create index erased_credential_revoked_assertion on erased_credential (assertion_key, assertion_id) where revoked_class is not null',
  'drop index erased_credential_key',
]

/** Revocation lists are read page by page. */
export async function indexRevoked(db: Kysely<unknown>) {
  for (const index of indexes) await sql.raw(index).execute(db)
}
