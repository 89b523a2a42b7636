import type { CompiledQuery } from 'kysely'
import t from 'tap'
import type { Db } from '../../src/storage/database.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { multiply } from '../help/multiply.ts'
import { scans, watched } from '../help/plans.ts'
import { change, get, issue, passEvent, post, start } from '../help/start.ts'

const many = 3000

/** Steps that read more rows than they need, though they use an index: all of an exam system, or all in a state. */
const broad = /\((source|state|kind|visibility)=\?\)/

/** The newest status list is found from the end of its numbers; of erased attempts, the first is enough; a statement's own rows are few; a person's are sorted. */
const allowed =
  /^SCAN (status_list|erased_attempt USING COVERING INDEX \w+|\d+-ROW VALUES CLAUSE)$|TEMP B-TREE/

/** The tables that grow; PostgreSQL rightly reads the others whole. A sort is of one person's rows. */
const large =
  /"Relation Name":"(person|candidate|result|result_message|certification|badge|credential|job)"/
const sorts = /^{"Node Type":"Sort"/

/** The steps of a plan that read too much, or might. */
async function stepsOf(db: Db, database: Database, query: CompiledQuery): Promise<string[]> {
  if (database.name === 'PostgreSQL')
    return (await scans(db, database, query)).filter(
      (step) => large.test(step) && !sorts.test(step),
    )
  const explained = { ...query, sql: `explain query plan ${query.sql}` }
  const { rows } = await db.executeQuery<{ detail: string }>(explained)
  return rows.map(({ detail }) => detail).filter((step) => /^SCAN/.test(step) || broad.test(step))
}

await onEachDatabase(
  t,
  'no query of intake and serving reads more rows when there are more badges',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    await issue(first)
    await first.close()
    await multiply(database.url, many)
    const started = await start(t, { database })
    const { tools } = started
    const { queries, db } = watched(tools.db)
    started.tools.db = db
    const facts = {
      resultId: 'R-hot',
      candidate: { id: 'C-hot', fullName: 'Ada Bell', email: 'ada@example.com' },
    }
    const { body } = await post(started, passEvent(facts))
    const { badge } = body
    if (!badge) throw new Error('no badge')
    await post(started, passEvent(facts))
    await post(started, passEvent({ ...facts, revision: 2, score: '900' }))
    await change(started, badge.id, 'privacy', { visibility: 'public' })
    for (const address of [...Object.values(badge.links), '/status/1']) await get(started, address)
    await post(started, passEvent({ ...facts, revision: 3, outcome: 'failed' }))
    t.ok(queries.length > 60, `${queries.length} queries`)
    for (const query of new Map(queries.map((each) => [each.sql, each])).values()) {
      const steps = await stepsOf(tools.db, database, query)
      t.same(
        steps.filter((step) => !allowed.test(step)),
        [],
        query.sql,
      )
    }
  },
)
