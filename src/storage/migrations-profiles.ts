import { type Kysely, sql } from 'kysely'
import type { Db } from './database.ts'
import { list, listedColumns } from './directory.ts'

/** Keys are found by how they begin, so their order must be that of their bytes, whatever language the database sorts by. */
const tables = (bytes: string) => ({
  profile: `account_id text primary key references account (id), handle text not null unique, shown integer not null,
    name_display text not null, discoverable integer not null`,
  former_handle: `handle text primary key, account_id text references account (id), until text not null`,
  directory: `key text${bytes} not null, valid_from text${bytes} not null, badge_id text not null references badge (id),
    valid_until text${bytes} not null, achievement text not null, slug text not null, primary key (badge_id, key)`,
})

const indexes = [
  'create index profile_found on profile (handle) where shown = 1 and discoverable = 1',
  'create index former_handle_account on former_handle (account_id)',
  'create index former_handle_until on former_handle (until)',
  'create index directory_newest on directory (key, valid_from desc, badge_id, valid_until, achievement, slug)',
  'create index directory_until on directory (valid_until)',
]

/** Public profiles, and what the directory finds badges by. */
export async function addProfiles(db: Kysely<unknown>, sqlite: boolean) {
  const run = (text: string) => sql.raw(text).execute(db)
  for (const [name, definition] of Object.entries(tables(sqlite ? '' : ' collate "C"')))
    await run(`create table ${name} (${definition})${sqlite ? ' strict' : ''}`)
  for (const index of indexes) await run(index)
  const badges = await (db as Db)
    .selectFrom('badge')
    .select(listedColumns)
    .where('discoverable', '=', 1)
    .execute()
  for (const badge of badges) await list(db as Db, badge)
}
