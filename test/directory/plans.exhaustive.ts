import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { listSitemapPart, sitemapSize } from '../../src/actions/showing/list-sitemap.ts'
import { searchDirectory } from '../../src/actions/showing/search-directory.ts'
import { showPublicProfile } from '../../src/actions/showing/show-public-profile.ts'
import type { Db } from '../../src/storage/database.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { noScans, scans, watched } from '../help/plans.ts'
import { change, issue, start } from '../help/start.ts'

const many = 100_000

/** Fills in copies of a badge that may be found, each with a name of its own and what it is found by. */
async function fill(db: Db, { name }: Database, like: string) {
  const numbers =
    name === 'SQLite'
      ? sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(many)})`
      : sql`with n as (select i from generate_series(1, ${sql.lit(many)}) as i)`
  const columns = (await db.introspection.getTables())
    .find((table) => table.name === 'badge')
    ?.columns.map((column) => column.name) as string[]
  const changed: Record<string, string> = {
    id: "'b' || i",
    slug: "'slug-' || i",
    hosted_id: "'hosted-' || i",
    subject_id: "'subject-' || i",
    result_id: "'r' || i",
    full_name: "'Name' || i || ' Family' || (i % 1000)",
  }
  await sql`insert into result (source, result_id, revision, body, exam, candidate_id, state)
    ${numbers} select source, 'r' || i, revision, body, exam, candidate_id, state from n, result`.execute(
    db,
  )
  // Without statistics, PostgreSQL may look for the result of each badge through all of them.
  await sql`analyze result`.execute(db)
  await sql`insert into badge (${sql.raw(columns.join(', '))})
    ${numbers} select ${sql.raw(columns.map((column) => changed[column] ?? column).join(', '))}
    from n, badge where id = ${like}`.execute(db)
  for (const key of [
    "'*'",
    "'a:practitioner'",
    "'n:name' || i || ' family' || (i % 1000)",
    "'n:family' || (i % 1000) || ' name' || i",
  ])
    await sql`insert into directory (key, valid_from, badge_id, valid_until, achievement, slug, place)
      ${numbers} select ${sql.raw(key)}, valid_from, 'b' || i, valid_until, achievement, 'slug-' || i, ${key === "'*'" ? sql`i` : sql`null`}
      from n, badge where id = ${like}`.execute(db)
  await sql`analyze badge`.execute(db)
  await sql`analyze directory`.execute(db)
}

const searches = [
  {},
  { page: 500 },
  { text: 'family7' },
  { text: 'name' },
  { text: 'northwind' },
  { text: 'practitioner', level: 'practitioner' },
  { text: 'family', level: 'practitioner' },
  { text: 'family', achievement: 'solutions-architect-associate' },
  { achievement: 'practitioner' },
  { level: 'practitioner', page: 30 },
  { text: 'nobody of that name' },
]

onEachDatabase(
  t,
  'beside 100,000 badges that may be found, each page of the directory is one query that walks indexes as far as the page goes, and sorts no more than that',
  async (t: Test, database: Database) => {
    // A hundred thousand rows take a slow machine longer than any statement of Blazon's may.
    const settings = { POSTGRES_STATEMENT_TIMEOUT: '0' }
    const { tools, ...rest } = await start(t, { database, settings })
    const badge = await issue({ tools, ...rest })
    await change({ tools, ...rest }, badge.id, 'privacy', { discoverable: true })
    await fill(tools.db, database, badge.id)
    const { queries, db } = watched(tools.db)
    for (const search of searches) {
      const before = queries.length
      const view = await searchDirectory(
        { ...tools, db },
        { text: '', achievement: '', level: '', page: 1, ...search },
      )
      t.equal(queries.length - before, 1, JSON.stringify(search))
      const none = /nobody|associate/.test(JSON.stringify(search))
      t.equal(view.badges.length, none ? 0 : 20, JSON.stringify(search))
    }
    await showPublicProfile({ ...tools, db }, 'nobody-here')
    t.equal((await listSitemapPart({ ...tools, db }, 'badges-3'))?.addresses.length, sitemapSize)
    await noScans(t, tools.db, database, queries)
    const blind = tools.db.selectFrom('directory').select('slug').where('slug', '=', 'x').compile()
    t.equal(
      (await scans(tools.db, database, blind as never)).length,
      1,
      'a look for scans finds one',
    )
  },
)
