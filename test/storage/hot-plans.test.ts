import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { multiply } from '../help/multiply.ts'
import { staysNarrow, watched } from '../help/plans.ts'
import { change, get, issue, passEvent, post, start } from '../help/start.ts'

const many = 3000

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
    await staysNarrow(t, tools.db, database, queries)
  },
)
