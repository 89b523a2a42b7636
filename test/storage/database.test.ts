import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import { openDatabase } from '../../src/storage/database.ts'
import { commandFlags } from '../help/command.ts'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'

const opener = join(resolve(import.meta.dirname, '../..'), 'src/storage/database.ts')

/** Opens the database in a process of its own. */
function open(url: string) {
  const script = `const { openDatabase } = await import(${JSON.stringify(opener)}); const db = await openDatabase(${JSON.stringify(url)}); await db.destroy()`
  return spawn(process.execPath, [...commandFlags, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

onEachDatabase(
  t,
  'four processes that start at once on a fresh database all start',
  async (t, { url }) => {
    const endings = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = open(url)
        let said = ''
        child.stderr.on('data', (chunk) => {
          said += chunk
        })
        const [code] = await once(child, 'exit')
        return code === 0 ? 'started' : said
      }),
    )
    t.same(endings, ['started', 'started', 'started', 'started'])
  },
)

rest(t).test(
  'a first start that is killed at any moment leaves a file that the next start can use',
  async (t) => {
    for (const milliseconds of [150, 200, 250, 300, 350, 400, 500, 600]) {
      const { url } = await sqliteDatabase(t as Test)
      const child = open(url)
      const ended = once(child, 'exit')
      setTimeout(() => child.kill('SIGKILL'), milliseconds)
      await ended
      const db = await openDatabase(url)
      t.same(
        await db.selectFrom('badge').select('id').execute(),
        [],
        `killed after ${milliseconds} ms`,
      )
      await db.destroy()
    }
  },
)

t.test('a migration is one transaction on SQLite, so that half of it is never there', async (t) => {
  const { url } = await sqliteDatabase(t as Test)
  const db = await openDatabase(url)
  const adapter = db.getExecutor().adapter
  t.equal(adapter.supportsTransactionalDdl, true)
  await db.destroy()
})

onEachDatabase(
  t,
  'the database refuses a second live badge for a result, whatever the code does',
  async (t, { url }) => {
    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    await db
      .insertInto('programme_version')
      .values({ version: 1, hash: 'h', document: '{}', added_at: 'x' })
      .execute()
    await db.insertInto('certification').values({ number: 'N' }).execute()
    await db
      .insertInto('result')
      .values({
        source: 's',
        result_id: 'r',
        revision: 1,
        body: '{}',
        exam: 'e',
        candidate_id: 'c',
        state: 'issued',
      })
      .execute()
    const badge = (id: string) => ({
      id,
      slug: id,
      hosted_id: id,
      subject_id: id,
      source: 's',
      result_id: 'r',
      revision: 1,
      candidate_id: 'c',
      full_name: 'n',
      latin_name: null,
      exam: 'e',
      achievement: 'a',
      programme_version: 1,
      certification_number: 'N',
      earned_on: 'x',
      expires_on: 'x',
      valid_from: 'x',
      valid_until: 'x',
      score: null,
      recipient_hash: null,
      recipient_salt: null,
      hosted_key: 'k',
      status_method: 'BitstringStatusListEntry' as const,
      visibility: 'private' as const,
      name_display: 'full' as const,
      discoverable: 0,
      show_expired: 1,
      reserved_at: 'x',
      issued_at: null,
      suspended_at: null,
      suspended_by: null,
      revoked_at: null,
      revoked_class: null,
      revoked_by: null,
      changes: 0,
    })
    await db.insertInto('badge').values(badge('one')).execute()
    await t.rejects(db.insertInto('badge').values(badge('two')).execute())
    await db.updateTable('badge').set({ revoked_at: 'x' }).where('id', '=', 'one').execute()
    await db.insertInto('badge').values(badge('two')).execute()
  },
)
