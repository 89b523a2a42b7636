import { type Kysely, sql } from 'kysely'

const tables = {
  installation: `id integer primary key check (id = 1), public_url text not null, certification_prefix text not null,
    issuer_url text not null, secret_check text, certificate integer not null, learned_at text not null`,
  installation_key: `key_id text not null, fingerprint text not null, primary key (key_id, fingerprint)`,
}

/** The installation that a database belongs to. */
export async function addInstallation(db: Kysely<unknown>, sqlite: boolean) {
  for (const [name, columns] of Object.entries(tables))
    await sql.raw(`create table ${name} (${columns})${sqlite ? ' strict' : ''}`).execute(db)
}
