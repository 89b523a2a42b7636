import { type Kysely, type Migration, sql } from 'kysely'
import { addRules } from './0002-rules.ts'
import { addLanes } from './0003-lanes.ts'
import { addAccounts } from './0005-accounts.ts'
import { addMails } from './0006-mails.ts'
import { addErasure } from './0007-erasure.ts'
import { addPolls } from './0008-polls.ts'
import { addCertificates } from './0009-certificates.ts'
import { addNamed } from './0010-named.ts'
import { addProfiles } from './0011-profiles.ts'
import { addCorrections } from './0012-corrections.ts'
import { addInstallation } from './0013-installation.ts'
import { addKeyEnds } from './0014-api-keys.ts'
import { clearFound } from './0015-settings.ts'
import { addPeople } from './0016-people.ts'
import { addNormalIds } from './0017-ids.ts'
import { addNormalItems } from './0017-review-ids.ts'
import { indexRevoked } from './0018-revoked.ts'
import { indexResults } from './0019-hot.ts'
import { addPlaces } from './0020-places.ts'
import { addShapes } from './0021-shapes.ts'
import { dropIds } from './0022-small.ts'
import type { names } from './names.ts'

/** Every migration, oldest first. The same steps run on both databases, except for the few statements that differ. */
export function migrations(sqlite: boolean): Record<(typeof names)[number], Migration> {
  return {
    '0001-badges': { up: (db) => createTables(db, sqlite) },
    '0002-rules': { up: (db) => addRules(db, sqlite) },
    '0003-lanes': { up: addLanes },
    '0005-accounts': { up: (db) => addAccounts(db, sqlite) },
    '0006-mails': { up: (db) => addMails(db, sqlite) },
    '0007-erasure': { up: (db) => addErasure(db, sqlite) },
    '0008-polls': { up: addPolls },
    '0009-certificates': { up: addCertificates },
    '0010-named': { up: addNamed },
    '0011-profiles': { up: (db) => addProfiles(db, sqlite) },
    '0012-corrections': { up: (db) => addCorrections(db, sqlite) },
    '0013-installation': { up: (db) => addInstallation(db, sqlite) },
    '0014-api-keys': { up: addKeyEnds },
    '0015-settings': { up: clearFound },
    '0016-people': { up: addPeople },
    '0017-ids': {
      up: async (db) => {
        await addNormalIds(db)
        await addNormalItems(db)
      },
    },
    '0018-revoked': { up: indexRevoked },
    '0019-hot': { up: indexResults },
    '0020-places': { up: addPlaces },
    '0021-shapes': { up: (db) => addShapes(db, sqlite) },
    '0022-small': { up: (db) => dropIds(db, sqlite) },
  }
}

const tables = {
  programme_version: `version integer primary key, hash text not null unique, document text not null, added_at text not null`,
  artwork: `hash text primary key, svg text not null`,
  api_key: `id text primary key, name text not null, hash text not null, scopes text not null, created_at text not null`,
  result_message: `source text not null, result_id text not null, revision integer not null, body_hash text not null,
    body text not null, received_at text not null, received_from text not null, primary key (source, result_id, revision)`,
  result: `source text not null, result_id text not null, revision integer not null, body text not null, exam text not null,
    candidate_id text not null, started_at text, state text not null, reason text, parked_for text, primary key (source, result_id)`,
  attempt: `source text not null, candidate_id text not null, exam text not null, started_at text not null,
    primary key (source, candidate_id, exam, started_at)`,
  certification: `number text primary key`,
  badge: `id text primary key, slug text not null unique, hosted_id text not null unique, subject_id text not null unique,
    source text not null, result_id text not null, revision integer not null, candidate_id text not null,
    full_name text not null, latin_name text, exam text not null, achievement text not null,
    programme_version integer not null references programme_version (version),
    certification_number text not null references certification (number),
    earned_on text not null, expires_on text not null, valid_from text not null, valid_until text not null, score text,
    recipient_hash text, recipient_salt text, hosted_key text not null, status_method text not null,
    visibility text not null, name_display text not null, discoverable integer not null, show_expired integer not null,
    reserved_at text not null, issued_at text, suspended_at text, suspended_by text, revoked_at text, revoked_class text, revoked_by text,
    changes integer not null, foreign key (source, result_id) references result (source, result_id)`,
  credential: `id text primary key, badge_id text not null references badge (id), assertion_id text not null unique,
    credential_id text not null unique, status_list integer not null, status_index integer not null,
    reserved_at text not null, data_integrity text, assertion_jws text, assertion_key text, credential_jwt text,
    revoked_class text, unique (status_list, status_index)`,
  status_list: `id integer primary key, used integer not null, changes integer not null`,
}

async function createTables(db: Kysely<unknown>, sqlite: boolean) {
  const strict = sqlite ? ' strict' : ''
  const run = (text: string) => sql.raw(text).execute(db)
  for (const [name, columns] of Object.entries(tables))
    await run(`create table ${name} (${columns})${strict}`)
  const identity = sqlite
    ? 'id integer primary key autoincrement'
    : 'id integer generated always as identity primary key'
  await run(`create table audit (${identity}, at text not null, actor text not null, action text not null,
    subject text not null, details text not null)${strict}`)
  await run(
    `create table audit_note (audit_id integer primary key references audit (id), note text not null)${strict}`,
  )
  // Invariant 7: a result never has two live badges, whatever the code does.
  await run('create unique index badge_live on badge (source, result_id) where revoked_at is null')
  await run('create index credential_badge on credential (badge_id)')
  await run(
    'create index credential_revoked on credential (status_list) where revoked_class is not null',
  )
  await run(`create index result_open on result (state) where state in ('waiting', 'parked')`)
  await run('create index result_attempt on result (source, candidate_id, exam, started_at)')
  await run('create index audit_subject on audit (subject)')
  for (const text of sqlite ? appendOnlySqlite : appendOnlyPostgres) await run(text)
}

const appendOnlySqlite = [
  ...['update', 'delete'].map(
    (change) => `create trigger audit_no_${change} before ${change} on audit
    begin select raise(abort, 'the audit log is append-only'); end`,
  ),
  // INSERT OR REPLACE deletes the old row without firing the trigger for deletes.
  `create trigger audit_no_replace before insert on audit
    when exists (select 1 from audit where id = new.id)
    begin select raise(abort, 'the audit log is append-only'); end`,
]

const appendOnlyPostgres = [
  `create function audit_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is append-only'; end $$`,
  `create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function audit_append_only()`,
]
