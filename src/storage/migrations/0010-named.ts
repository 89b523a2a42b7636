import { type Kysely, sql } from 'kysely'

const changes = [
  'alter table credential add column holder_name text',
  'alter table credential add column recipient_hash text',
  'alter table credential add column recipient_salt text',
  'drop index credential_standing',
  // One current credential of each kind, except for other addresses: each of those has its own.
  `create unique index credential_standing on credential (badge_id, kind)
    where replaced_at is null and kind <> 'new-address'`,
]

/** Credentials that name their holder, and credentials for another address. */
export async function addNamed(db: Kysely<unknown>) {
  for (const change of changes) await sql.raw(change).execute(db)
}
