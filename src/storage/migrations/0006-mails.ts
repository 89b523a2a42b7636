import { type Kysely, sql } from 'kysely'

const tables = {
  mail: `id text primary key, badge_id text references badge (id), account_id text references account (id), kind text not null,
    email text, state text not null, message_id text not null unique, at text not null, answer text not null, bounced_at text`,
  mail_limit: `mark text primary key, asked text not null, until text not null`,
}

const indexes = [
  'create index mail_badge on mail (badge_id)',
  'create index mail_account on mail (account_id)',
  'create index mail_limit_until on mail_limit (until)',
]

/** The outcome of every mail, and recent requests for links. */
export async function addMails(db: Kysely<unknown>, sqlite: boolean) {
  const run = (text: string) => sql.raw(text).execute(db)
  for (const [name, definition] of Object.entries(tables))
    await run(`create table ${name} (${definition})${sqlite ? ' strict' : ''}`)
  for (const index of indexes) await run(index)
}
