import { sql } from 'kysely'
import t from 'tap'
import type { Db } from '../../src/storage/database.ts'
import { findNamings } from '../../src/storage/erasure/namings.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { scans, watched } from '../help/plans.ts'
import { issue, start } from '../help/start.ts'

const many = 50_000

/** Fills in results of others, each with a message, and a question of another kind about every tenth. */
async function fill(db: Db, { name }: Database) {
  const numbers =
    name === 'SQLite'
      ? sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(many)})`
      : sql`with n as (select i from generate_series(1, ${sql.lit(many)}) as i)`
  await sql`insert into result (source, result_id, revision, body, exam, candidate_id, state)
    ${numbers} select source, 'r' || i, revision, body, exam, candidate_id, state from n, result`.execute(
    db,
  )
  await sql`insert into result_message (source, result_id, revision, body, body_hash, received_at, received_from)
    ${numbers} select source, 'r' || i, revision, body, body_hash, received_at, received_from from n, result_message`.execute(
    db,
  )
  await sql`insert into review_item (id, kind, source, candidate_id, result_id, facts, reason, state, opened_at)
    ${numbers} select 'i' || i, 'retake', source, candidate_id, 'r' || i, '{}', 'reason', 'open', received_at
    from n, result_message join result using (source, result_id) where i % 10 = 0 and result_id = 'r1'`.execute(
    db,
  )
  for (const table of ['result', 'result_message', 'review_item'])
    await sql`analyze ${sql.table(table)}`.execute(db)
}

onEachDatabase(
  t,
  'an erasure finds what results of others tell by the questions that were asked, not by reading all messages',
  async (t, database) => {
    const { tools, ...blazon } = await start(t, { database })
    await issue({ tools, ...blazon })
    await fill(tools.db, database)
    const { queries, db } = watched(tools.db)
    const asked = { candidates: [{ source: 'webassessor', id: 'C-1' }], emails: ['a@example.com'] }
    t.same(await findNamings(db, asked), [])
    for (const query of queries)
      for (const step of await scans(tools.db, database, query))
        t.notMatch(
          step,
          /^SCAN (told|result)|^{"Node Type":"Seq Scan"[^{]*"Alias":"(told|result)"/,
          query.sql,
        )
  },
)
