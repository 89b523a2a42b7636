import t from 'tap'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { onEachDatabase } from '../help/databases.ts'
import { load } from '../help/load-dump.ts'
import { start } from '../help/start.ts'
import { asTxTools } from '../help/transaction.ts'

/** Candidates as they were kept, and as they are compared from now on. */
const candidates: [string, string, string][] = [
  ['C-0', 'sean@bücher.example', 'sean@xn--bcher-kva.example'],
  ['C-1', 'sean@xn--bcher-kva.example', 'sean@xn--bcher-kva.example'],
  ['C-2', 'Anna@EXAMPLE.com', 'anna@example.com'],
  ['C-4', 'jose@cafe\u0301.example', 'jose@xn--caf-dma.example'],
  ['C-5', 'li@例子.测试', 'li@xn--fsqu00a.xn--0zwm56d'],
  ['C-6', 'jörg@example.com', 'jörg@example.com'],
  ['C-7', '', ''],
]

const before = [
  ...candidates.map(
    ([id, email]) => `update candidate set email = '${email}' where candidate_id = '${id}';`,
  ),
  `insert into account (id, created_at) values ('account-2', '2026-11-22T05:00:00.000Z');`,
  ...[
    ['zoe@bücher.example', 'account-1'],
    ['zoe@xn--bcher-kva.example', 'account-2'],
    ['ida@bücher.example', 'account-2'],
  ].map(
    ([email, account]) =>
      `insert into account_address (email, account_id, verified_at, main)
        values ('${email}', '${account}', '2026-11-22T05:00:00.000Z', 0);`,
  ),
  `update mail_link set email = 'ida@bücher.example';`,
  `update mail set email = 'ida@bücher.example';`,
].join('\n')

onEachDatabase(
  t,
  'addresses on record are found in ASCII after the upgrade; one that two accounts proved stays with both',
  async (t, database) => {
    await load(database, '0014-api-keys', before)
    const blazon = await start(t, { database })
    const { db } = blazon.tools
    const emails = async (table: 'candidate' | 'account_address' | 'mail_link' | 'mail') =>
      (
        await db
          .selectFrom(table as 'mail')
          .select('email')
          .orderBy('email')
          .execute()
      ).map(({ email }) => email)
    for (const [id, , email] of candidates) {
      const row = await db
        .selectFrom('candidate')
        .select('email')
        .where('candidate_id', '=', id)
        .executeTakeFirstOrThrow()
      t.equal(row.email, email, id)
    }
    const addresses = await db
      .selectFrom('account_address')
      .select(['email', 'account_id'])
      .execute()
    t.same(
      new Set(addresses.map((row) => `${row.email} ${row.account_id}`)),
      new Set([
        'c0@example.com account-1',
        'ida@xn--bcher-kva.example account-2',
        'zoe@bücher.example account-1',
        'zoe@xn--bcher-kva.example account-2',
      ]),
    )
    t.same(await emails('mail_link'), ['ida@xn--bcher-kva.example'])
    t.same(await emails('mail'), ['ida@xn--bcher-kva.example'])
    for (const name of ['ida', 'zoe']) {
      const email = `${name}@xn--bcher-kva.example`
      const { accountId } = await openSession(asTxTools(blazon.tools), { email, agent: 'Firefox' })
      t.equal(accountId, 'account-2', name)
    }
    const trusted = await db.selectFrom('result_message').select('trusted').distinct().execute()
    t.same(trusted, [{ trusted: 1 }])
    const contested = await db.selectFrom('result').select('contested').distinct().execute()
    t.same(contested, [{ contested: null }])
  },
  { empty: true },
)
