import { type Kysely, sql } from 'kysely'

const tables = {
  job: `kind text not null, key text primary key, payload text not null, run_at text not null, state text not null,
    attempts integer not null, claim text, claimed_until text, last_error text, finished_at text, anew_at text`,
  mail: `badge_id text references badge (id), account_id text references account (id), kind text not null, email text,
    state text not null, message_id text primary key, at text not null, answer text not null, bounced_at text`,
  result_message: `source text not null, result_id text not null, revision integer not null, body_hash text not null,
    body text not null, received_at text not null, received_from text not null, trusted integer not null default 1,
    primary key (source, result_id, revision)`,
}

const indexes = [
  'create index job_kind on job (state, kind, run_at)',
  'create index job_held on job (claimed_until) where claimed_until is not null',
  'create index mail_badge on mail (badge_id)',
  'create index mail_account on mail (account_id) where account_id is not null',
]

const postgres = [
  'alter table job drop column id, drop column planned_at, drop constraint job_key_key',
  'alter table job add primary key (key)',
  'alter table mail drop column id, drop constraint mail_message_id_key',
  'alter table mail add primary key (message_id)',
]

/** Jobs and mails have their keys for ids. SQLite keeps them, and messages, once, in the order of their keys. */
export async function dropIds(db: Kysely<unknown>, sqlite: boolean) {
  const run = (text: string) => sql.raw(text).execute(db)
  if (!sqlite) {
    for (const text of postgres) await run(text)
    return
  }
  for (const [table, columns] of Object.entries(tables)) {
    const names = columns.match(/\w+(?= text| integer)/g)
    await run(`create table small_${table} (${columns}) strict, without rowid`)
    await run(`insert into small_${table} (${names}) select ${names} from ${table}`)
    await run(`drop table ${table}`)
    await run(`alter table small_${table} rename to ${table}`)
  }
  for (const text of indexes) await run(text)
}
