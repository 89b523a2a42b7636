import { type Kysely, sql } from 'kysely'

/** What the texts of credentials have in common is kept once; credentials on record stay whole. */
export async function addShapes(db: Kysely<unknown>, sqlite: boolean) {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(
    `create table credential_shape (id text primary key, text text not null)${sqlite ? ' strict' : ''}`,
  )
  await run('alter table credential add column shape text references credential_shape (id)')
}
