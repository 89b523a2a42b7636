import { Migrator } from 'kysely'
import t from 'tap'
import { openDatabase } from '../../src/storage/database.ts'
import { migrations } from '../../src/storage/migrations/migrations.ts'
import { openPostgres } from '../../src/storage/postgres.ts'
import { openSqlite } from '../../src/storage/sqlite.ts'
import { onEachDatabase } from '../help/databases.ts'
import { get, passEvent, post, start } from '../help/start.ts'

onEachDatabase(
  t,
  'a database of the version before is brought up to date, with every badge and person',
  async (t, database) => {
    const sqlite = database.name === 'SQLite'
    const old = sqlite
      ? openSqlite(database.url.slice('sqlite:'.length))
      : openPostgres(database.url)
    const { error } = await new Migrator({
      db: old,
      provider: {
        getMigrations: async () => ({ '0001-badges': migrations(sqlite)['0001-badges'] as never }),
      },
    }).migrateToLatest()
    t.notOk(error)
    const first = passEvent()
    const review = passEvent({ revision: 2, outcome: 'under-review' })
    for (const message of [first, review])
      await old
        .insertInto('result_message')
        .values({
          source: message.source,
          result_id: message.resultId,
          revision: message.revision,
          body_hash: String(message.revision),
          body: JSON.stringify(message),
          received_at: '2026-11-22T04:00:00.000Z',
          received_from: 'test',
        })
        .execute()
    await old
      .insertInto('result')
      .values({
        source: first.source,
        result_id: first.resultId,
        revision: 2,
        body: JSON.stringify(review),
        exam: first.exam,
        candidate_id: first.candidate.id,
        started_at: null,
        state: 'recorded',
        reason: null,
        parked_for: null,
      } as never)
      .execute()
    await old.destroy()
    const blazon = await start(t, { database })
    const people = await blazon.tools.db
      .selectFrom('candidate')
      .select(['candidate_id', 'email', 'full_name'])
      .execute()
    t.same(people, [{ candidate_id: 'C-778', email: 'zhang.wei@example.com', full_name: '张伟' }])
    const { word } = await blazon.tools.db
      .selectFrom('result')
      .select('word')
      .executeTakeFirstOrThrow()
    t.equal(JSON.parse(word ?? '{}').revision, 1, 'the last word is the pass')
    const lifted = await post(blazon, passEvent({ revision: 3 }))
    t.match(lifted, { status: 201, body: { badge: { state: 'valid' } } })
    t.equal((await get(blazon, '/')).statusCode, 200)
    await (await openDatabase(database.url)).destroy()
  },
  { empty: true },
)
