import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate, setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { shareCommits } from '../../src/storage/shared-commits.ts'
import { openSqlite } from '../../src/storage/sqlite.ts'
import { connectionOf } from '../../src/storage/sqlite-connection.ts'

/** A file with one table of numbers, the statements that ran, and what another connection sees. */
function scene(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-commits-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'numbers.db')
  const file = new DatabaseSync(path)
  file.exec('pragma journal_mode = wal; create table number (n integer primary key)')
  const other = new DatabaseSync(path)
  t.teardown(() => other.close())
  const real = connectionOf(file)
  const ran: string[] = []
  const connection: typeof real = {
    ...real,
    execute: (text, values) => {
      ran.push(text)
      return real.execute(text, values)
    },
  }
  const commits = shareCommits(connection)
  t.teardown(() => commits.alone(() => file.close()))
  const add = async (n: number, { waits = async () => {}, fails = false } = {}) => {
    await commits.begin()
    commits.execute('insert into number values (?)', [n])
    await waits()
    if (fails) return commits.rollback()
    return commits.commit()
  }
  const seen = () =>
    other
      .prepare('select n from number order by n')
      .all()
      .map(({ n }) => n)
  return {
    path,
    file,
    commits,
    add,
    seen,
    count: (text: string) => ran.filter((each) => each === text).length,
  }
}

t.test('transactions of one turn are committed together, and answered after it', async (t) => {
  const { add, seen, count } = scene(t as Test)
  let answered = 0
  const adding = [1, 2, 3, 4, 5].map((n) =>
    add(n).then(() => {
      answered += 1
    }),
  )
  await Promise.resolve()
  t.same(seen(), [], 'nothing is on record before the commit')
  t.equal(answered, 0)
  await Promise.all(adding)
  t.same(seen(), [1, 2, 3, 4, 5])
  t.equal(count('commit'), 1)
  await add(6)
  t.equal(count('commit'), 2)
})

t.test('no more than 64 share a commit', async (t) => {
  const { add, seen, count } = scene(t as Test)
  await Promise.all(Array.from({ length: 150 }, (_, n) => add(n)))
  t.equal(seen().length, 150)
  t.equal(count('commit'), 3)
})

t.test('one fails alone', async (t) => {
  const { add, seen, commits } = scene(t as Test)
  const results = await Promise.allSettled([
    add(1),
    add(2, { fails: true }),
    add(1).catch((error: Error) => {
      commits.rollback()
      throw error
    }),
    add(3),
  ])
  t.same(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  t.same(seen(), [1, 3])
})

t.test('a slow transaction makes its group wait, and is never committed in part', async (t) => {
  const { add, seen } = scene(t as Test)
  const quick = add(1)
  const slow = add(2, { waits: () => setTimeout(20) })
  const later = add(3)
  await setImmediate()
  await setImmediate()
  t.same(seen(), [], 'the commit waits for the transaction that is under way')
  await Promise.all([quick, slow, later])
  t.same(seen(), [1, 2, 3])
})

t.test('what the database undoes is never answered as kept', async (t) => {
  const { add, commits, file, seen } = scene(t as Test)
  const first = add(1)
  const second = add(2, {
    waits: async () => {
      file.exec('rollback') // as a full disk does
    },
  })
  const results = await Promise.allSettled([first, second])
  t.same(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  t.throws(() => commits.execute('insert into number values (9)'), /undid/)
  t.same(seen(), [])
  await add(3)
  t.same(seen(), [3], 'the next works')
})

t.test('a setting waits for its turn and runs outside a transaction', async (t) => {
  const { add, commits, file, seen } = scene(t as Test)
  const adding = add(1, { waits: () => setTimeout(5) })
  await commits.alone(() => t.equal(file.isTransaction, false))
  t.same(seen(), [1])
  await adding
})

t.test('whatever comes together, what is answered is on record and nothing else', async (t) => {
  const work = fc.record({
    turns: fc.nat(3),
    ends: fc.constantFrom('commits', 'fails', 'undone'),
    arrives: fc.nat(4),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(work, { minLength: 1, maxLength: 12 }), async (works) => {
      const { add, file, seen } = scene(t as Test)
      const kept: number[] = []
      await Promise.all(
        works.map(async ({ turns, ends, arrives }, n) => {
          for (let turn = 0; turn < arrives; turn += 1) await setImmediate()
          const waits = async () => {
            for (let turn = 0; turn < turns; turn += 1) await setImmediate()
            if (ends === 'undone') file.exec('rollback')
          }
          await add(n, { waits, fails: ends === 'fails' }).then(
            () => {
              if (ends !== 'fails') kept.push(n)
            },
            () => {},
          )
        }),
      )
      t.same(
        seen(),
        kept.sort((one, other) => one - other),
      )
    }),
    { numRuns: 60 },
  )
})

t.test('a read waits for no transaction, and sees what is committed', async (t) => {
  const { path } = scene(t as Test)
  const db = openSqlite(path) as never as import('kysely').Kysely<{ number: { n: number } }>
  t.teardown(() => db.destroy())
  const numbers = async () =>
    (await db.selectFrom('number').select('n').execute()).map(({ n }) => n)
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('number').values({ n: 1 }).execute()
    t.same(await numbers(), [], 'others do not see it')
    t.same(await tx.selectFrom('number').select('n').execute(), [{ n: 1 }], 'it sees itself')
  })
  t.same(await numbers(), [1])
  await t.rejects(
    db.transaction().execute(async (tx) => {
      await tx.insertInto('number').values({ n: 2 }).execute()
      throw new Error('no')
    }),
    /no/,
  )
  await db.insertInto('number').values({ n: 3 }).execute()
  t.same(await numbers(), [1, 3])
  await t.rejects(db.insertInto('number').values({ n: 3 }).execute(), /UNIQUE/)
  await db.insertInto('number').values({ n: 4 }).execute()
  t.same(await numbers(), [1, 3, 4], 'a refused write leaves the turn')
})
