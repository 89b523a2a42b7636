import { type Kysely, sql } from 'kysely'

const columns = `source text not null, candidate_id text not null, number integer not null,
  was_full_name text not null, was_latin_name text, full_name text not null, latin_name text, reason text not null,
  asked_at text not null, taken_back_at text, answer text, primary key (source, candidate_id, number)`

/** Candidates' requests to correct their names. */
export async function addCorrections(db: Kysely<unknown>, sqlite: boolean) {
  await sql.raw(`create table name_request (${columns})${sqlite ? ' strict' : ''}`).execute(db)
}
