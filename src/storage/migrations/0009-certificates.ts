import { type Kysely, sql } from 'kysely'

/** A share link can include the certificate; existing links do not. */
export async function addCertificates(db: Kysely<unknown>) {
  await sql
    .raw('alter table share_link add column with_certificate integer not null default 0')
    .execute(db)
}
