import { type Kysely, sql } from 'kysely'

const tables = {
  account: `id text primary key, created_at text not null`,
  account_address: `email text primary key, account_id text not null references account (id), verified_at text not null,
    main integer not null`,
  mail_link: `hash text primary key, purpose text not null, email text not null, badge_id text references badge (id),
    account_id text references account (id), created_at text not null, expires_at text not null, spent_at text`,
  session: `id text primary key, hash text not null unique, previous_hash text unique, rotated_at text not null,
    account_id text not null references account (id), agent text not null, created_at text not null,
    seen_at text not null, expires_at text not null`,
  share_link: `id text primary key, badge_id text not null references badge (id), hash text not null unique, label text not null,
    with_name integer not null, with_files integer not null, expires_at text, view_limit integer, views integer not null,
    created_at text not null, seen_at text`,
}

const changes = [
  'alter table badge add column account_id text references account (id)',
  'alter table badge add column claimed_at text',
  'alter table badge add column declined_at text',
  'create index account_address_account on account_address (account_id)',
  'create index mail_link_email on mail_link (email, created_at)',
  'create index session_account on session (account_id)',
  'create index share_link_badge on share_link (badge_id)',
  'create index badge_account on badge (account_id)',
  'create index badge_candidate on badge (source, candidate_id)',
]

/** Tables for candidates: proved addresses, sessions, claims, share links. */
export async function addAccounts(db: Kysely<unknown>, sqlite: boolean) {
  const run = (text: string) => sql.raw(text).execute(db)
  for (const [name, definition] of Object.entries(tables))
    await run(`create table ${name} (${definition})${sqlite ? ' strict' : ''}`)
  for (const change of changes) await run(change)
}
