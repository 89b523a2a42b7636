import { type Kysely, sql } from 'kysely'

const places = [
  'alter table directory add column place integer',
  `update directory set place = numbered.place from (select badge_id, row_number() over (order by valid_from, badge_id desc)
    as place from directory where key = '*') as numbered where directory.badge_id = numbered.badge_id and directory.key = '*'`,
  'create index directory_place on directory (place, valid_until, slug) where place is not null',
  'drop index directory_newest',
  'create index directory_newest on directory (key, valid_from desc, badge_id, valid_until, achievement)',
  'alter table profile add column place integer not null default 1',
  `update profile set place = numbered.place from (select account_id, row_number() over (order by handle) as place
    from profile) as numbered where profile.account_id = numbered.account_id`,
  'drop index profile_found',
  'create index profile_found on profile (place, handle) where shown = 1 and discoverable = 1',
]

// SQLite uses an index under a condition for a query that has one of the condition's own terms.
const covering = [
  'drop index credential_revoked',
  'create index credential_revoked on credential (status_list, status_index, revoked_class) where revoked_class is not null',
  `create index badge_listed on badge (id) where status_method = '1EdTechRevocationList'`,
  'drop index result_open',
  `create index result_open on result (state, parked_for) where state = 'waiting' or state = 'parked'`,
]

/** Columns that most rows leave empty. */
const rare = [
  ['badge', 'renews'],
  ['badge', 'account', 'account_id'],
  ['candidate', 'mark'],
  ['mail', 'account', 'account_id'],
]

/**
 * What the sitemap lists is numbered, so that each part is one walk of an index; indexes leave out what is empty, and what
 * no query reads.
 */
export async function addPlaces(db: Kysely<unknown>) {
  const run = (text: string) => sql.raw(text).execute(db)
  for (const text of [...places, ...covering]) await run(text)
  for (const [table, name, column = name] of rare) {
    await run(`drop index ${table}_${name}`)
    await run(`create index ${table}_${name} on ${table} (${column}) where ${column} is not null`)
  }
}
