import type { CompiledQuery } from 'kysely'
import { sql } from 'kysely'
import t from 'tap'
import { readOpenJobs } from '../../src/actions/operating/read-jobs.ts'
import { reclaimExpired } from '../../src/jobs/reclaim-expired.ts'
import { runDueJobs } from '../../src/jobs/run-jobs.ts'
import type { Db } from '../../src/storage/database.ts'
import { endRun, extendLease, leaseJob, releaseLease } from '../../src/storage/jobs/job-leases.ts'
import { planAgain, planJobs, retryJob, retryKind } from '../../src/storage/jobs/jobs.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { noScans, scans, watched } from '../help/plans.ts'
import { start } from '../help/start.ts'

const due = '2026-11-22T04:00:00.000Z'
const many = 200_000

/** Fills in mails that are due and nobody sends, done ones, and later ones. */
async function fill(db: Db, { name }: Database) {
  const numbers =
    name === 'SQLite'
      ? sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(many)})`
      : sql`with n as (select i from generate_series(1, ${sql.lit(many)}) as i)`
  await sql`insert into job (key, kind, payload, run_at, state, attempts, finished_at)
    ${numbers} select 'mail:' || i, 'mail', '{}', ${due}, 'waiting', 0, null from n
    union all select 'mail:d' || i, 'mail', '{}', ${due}, 'done', 1, ${due} from n where i <= 20000
    union all select 'later:' || i, 'later', '{}', '2028-01-01T00:00:00.000Z', 'waiting', 0, null
    from n where i <= 20000`.execute(db)
  await sql`analyze job`.execute(db)
}

onEachDatabase(
  t,
  'beside 200,000 due mails, nothing that jobs or a scrape ask looks through them',
  async (t, database) => {
    const { tools } = await start(t, { database })
    await fill(tools.db, database)
    const { queries, db } = watched(tools.db)
    const plan = { kind: 'work', key: 'work:1', runAt: due }
    const until = '2026-11-22T04:01:00.000Z'
    const held = { key: 'work:1', token: 'one' }
    await planJobs(db, [plan])
    await leaseJob(db, { kind: 'work', now: due, until, token: 'one' })
    await extendLease(db, held, until)
    await reclaimExpired({ ...tools, db, now: () => until })
    await leaseJob(db, { kind: 'work', now: until, until, token: 'one' })
    await releaseLease(db, held)
    await leaseJob(db, { kind: 'mail', now: until, until, token: 'two' })
    await endRun(db, { key: 'mail:1', token: 'two' }, { state: 'done', at: due })
    await runDueJobs({ ...tools, db }, { work: async () => undefined })
    await planAgain(db, plan)
    await retryJob(db, 'work:1', due)
    await retryKind(db, 'work', due)
    t.match(await readOpenJobs({ ...tools, db }), [
      { kind: 'later', due: 0 },
      { kind: 'mail', due: 10_000 },
      { kind: 'work', due: 1 },
    ])
    t.ok(queries.length > 30)
    await noScans(t, tools.db, database, queries)
  },
)

onEachDatabase(t, 'a look for scans finds one', async (t, database) => {
  const { tools } = await start(t, { database })
  await fill(tools.db, database)
  const blind = tools.db.selectFrom('job').select('key').where('last_error', '=', 'x').compile()
  t.equal((await scans(tools.db, database, blind as CompiledQuery)).length, 1)
})
