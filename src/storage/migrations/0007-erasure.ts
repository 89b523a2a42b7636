import { type Kysely, sql } from 'kysely'

const tables = {
  erased_result: `mark text primary key, revision integer not null, body_mark text not null, erased_at text not null`,
  erased_attempt: `mark text not null, day text not null, forget_on text not null`,
  erased_credential: `assertion_id text primary key, credential_id text not null unique, status_list integer not null,
    status_index integer not null, status_method text not null, assertion_key text, revoked_class text,
    result_mark text not null references erased_result (mark), unique (status_list, status_index)`,
}

const indexes = [
  'create index erased_attempt_mark on erased_attempt (mark)',
  'create index erased_attempt_forget on erased_attempt (forget_on)',
  'create index erased_credential_result on erased_credential (result_mark)',
  'create index erased_credential_key on erased_credential (assertion_key) where revoked_class is not null',
  'create index erased_credential_revoked on erased_credential (status_list) where revoked_class is not null',
]

/**
 * What remains of an erased person: pseudonyms that only the key ring can make, days of failures, random ids (privacy,
 * decisions on record).
 */
export async function addErasure(db: Kysely<unknown>, sqlite: boolean) {
  for (const [name, definition] of Object.entries(tables))
    await sql.raw(`create table ${name} (${definition})${sqlite ? ' strict' : ''}`).execute(db)
  for (const index of indexes) await sql.raw(index).execute(db)
}
