import type { KyselyPlugin } from 'kysely'
import t, { type Test } from 'tap'
import { claimByLink } from '../../src/actions/holders/claim-badge.ts'
import { proveAddress } from '../../src/actions/holders/holder-addresses.ts'
import { signIn } from '../../src/actions/holders/sign-in.ts'
import { requestAddress, requestSignIn } from '../../src/actions/mailing/request-links.ts'
import type { Tools } from '../../src/actions/tools/tools.ts'
import { reclaimExpired } from '../../src/jobs/reclaim-expired.ts'
import { type Database, onEachDatabase } from '../help/databases.ts'
import { linkIn, runMails, startWithMail } from '../help/mails.ts'
import { clockAt, issue } from '../help/start.ts'

const known = 'zhang.wei@example.com'
const unknown = 'nobody@example.com'

async function startWithBadge(t: Test, database: Database) {
  const clock = clockAt('2026-11-22T04:00:00.000Z')
  const world = await startWithMail(t, database, { clock })
  const badge = await issue(world, { visibility: 'private' })
  await runMails(world)
  const [first] = world.inbox.mails.splice(0)
  const secret = linkIn(first?.mail.text).split('/claim/')[1] ?? ''
  return { ...world, badge, secret }
}

type World = Awaited<ReturnType<typeof startWithBadge>>

const secretIn = ({ inbox }: World, purpose: string) =>
  linkIn(inbox.mails.at(-1)?.mail.text).split(`/${purpose}/`)[1] ?? ''

/** Whatever the jobs that carried addresses hold now. */
async function jobRows({ tools }: World) {
  const rows = await tools.db
    .selectFrom('job')
    .select(['kind', 'key', 'payload', 'state', 'last_error'])
    .where('kind', 'in', ['sign-in', 'address'])
    .execute()
  return rows
}

onEachDatabase(
  t,
  'a sign-in link is mailed to an address with a badge, or of an account, however it is written, and to no other',
  async (t, database) => {
    const world = await startWithBadge(t, database)
    for (const email of [' Zhang.Wei@Example.COM ', unknown, 'no address', 'a@b, c@d', ''])
      await requestSignIn(world.tools, { email })
    t.equal(await runMails(world), 2, 'what is no address is no job')
    t.same(
      world.inbox.mails.map(({ to }) => to),
      [[known]],
    )
    const [{ mail } = { mail: undefined }] = world.inbox.mails
    t.notMatch(`${mail?.text}${mail?.html}`, '张伟', 'it names nobody')
    const signedIn = await signIn(world.tools, {
      secret: secretIn(world, 'sign-in'),
      agent: 'test',
    })
    t.ok(signedIn, 'the link signs in')
    const { accountId = '' } = signedIn ?? {}
    await requestAddress(world.tools, { accountId, email: 'ZW@example.net' })
    await runMails(world)
    t.same(world.inbox.mails.at(-1)?.to, ['zw@example.net'])
    const secret = secretIn(world, 'address')
    t.equal(await proveAddress(world.tools, { accountId, secret }), 'added')
    await requestSignIn(world.tools, { email: 'zw@example.net' })
    await runMails(world)
    t.same(world.inbox.mails.at(-1)?.to, ['zw@example.net'], 'which is known from then on')
  },
)

onEachDatabase(
  t,
  'who declined their only badge and has no account gets no sign-in link; who has an account does',
  async (t, database) => {
    const world = await startWithBadge(t, database)
    const { secret, tools } = world
    await claimByLink(tools, { secret, agent: 'test', answer: 'decline' })
    await requestSignIn(tools, { email: known })
    await runMails(world)
    t.equal(world.inbox.mails.length, 1, 'they can take it back')
    await tools.db.deleteFrom('mail').execute()
    await tools.db.deleteFrom('session').execute()
    await tools.db.deleteFrom('account_address').execute()
    await requestSignIn(tools, { email: known })
    await runMails(world)
    t.equal(world.inbox.mails.length, 1)
  },
)

onEachDatabase(t, 'once it is over, a job holds no address', async (t, database) => {
  const world = await startWithBadge(t, database)
  await requestSignIn(world.tools, { email: known })
  await requestSignIn(world.tools, { email: unknown })
  await requestAddress(world.tools, { accountId: 'gone', email: 'third@example.com' })
  t.match(JSON.stringify(await jobRows(world)), known, 'the test would see it')
  t.equal(await runMails(world), 3)
  const rows = await jobRows(world)
  t.same(new Set(rows.map(({ state, payload }) => `${state} ${payload}`)), new Set(['done {}']))
  t.notMatch(JSON.stringify(rows), /@/)
  t.notMatch(world.log.join(''), /zhang|nobody|third/)
})

onEachDatabase(
  t,
  'a job that is given up, since its process died each time, holds no address either',
  async (t, database) => {
    const world = await startWithBadge(t, database)
    const { db } = world.tools
    await requestSignIn(world.tools, { email: known })
    const died = {
      state: 'running',
      attempts: 10,
      claim: 'dead',
      claimed_until: '2026-11-22T04:00:00.000Z',
    } as const
    await db.updateTable('job').set(died).where('kind', '=', 'sign-in').execute()
    await reclaimExpired(world.tools)
    t.match(await jobRows(world), [{ state: 'failed', payload: '{}' }])
  },
)

onEachDatabase(
  t,
  'a link that could not be mailed in an hour is asked for no more, and forgotten',
  async (t, database) => {
    const world = await startWithBadge(t, database)
    await requestSignIn(world.tools, { email: known })
    await world.inbox.close()
    await runMails(world)
    t.match(await jobRows(world), [{ state: 'waiting', last_error: /mail server/ }])
    world.clock.set('2026-11-22T05:00:01.000Z')
    await runMails(world)
    t.match(await jobRows(world), [{ state: 'done', payload: '{}' }])
  },
)

onEachDatabase(
  t,
  'five links an hour are mailed to one address, and known and unknown are counted alike',
  async (t, database) => {
    const world = await startWithBadge(t, database)
    const count = async () => (await jobRows(world)).length
    for (const email of [known, unknown]) {
      const before = await count()
      for (let n = 0; n < 8; n += 1) await requestSignIn(world.tools, { email })
      t.equal((await count()) - before, 5, email)
    }
    await Promise.all(
      Array.from({ length: 8 }, () => requestSignIn(world.tools, { email: 'at.once@example.com' })),
    )
    t.equal(await count(), 15, 'also when all ask at once')
    await runMails(world)
    t.equal(world.inbox.mails.length, 5)
    world.clock.set('2026-11-22T05:00:01.000Z')
    await requestSignIn(world.tools, { email: known })
    t.equal(await count(), 16, 'an hour later there are more')
    const limits = await world.tools.db.selectFrom('mail_limit').selectAll().execute()
    t.equal(limits.length, 1, 'and who asked long ago is forgotten')
    t.notMatch(JSON.stringify(limits), /@|zhang/)
  },
)

onEachDatabase(
  t,
  'asking does the same work for known and unknown addresses, and looks up neither',
  async (t, database) => {
    const world = await startWithBadge(t, database)
    const work = async (email: string) => {
      const seen: string[] = []
      const plugin: KyselyPlugin = {
        transformQuery: ({ node }) => {
          seen.push(`${node.kind} ${/"name":"(\w+)"/.exec(JSON.stringify(node))?.[1]}`)
          return node
        },
        transformResult: async ({ result }) => result,
      }
      const tools: Tools = { ...world.tools, db: world.tools.db.withPlugin(plugin) }
      for (let n = 0; n < 7; n += 1) await requestSignIn(tools, { email })
      return seen
    }
    const first = await work(unknown)
    t.ok(first.length > 7)
    t.same(await work(known), first)
    t.notMatch(first.join(), /candidate|account|badge|mail_link/)
  },
)
