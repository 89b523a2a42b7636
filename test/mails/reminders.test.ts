import t from 'tap'
import { claimByLink, claimSignedIn } from '../../src/actions/holders/claim-badge.ts'
import { reopenBadge } from '../../src/actions/operating/reopen-badge.ts'
import { addAddress } from '../../src/storage/accounts/accounts.ts'
import { onEachDatabase } from '../help/databases.ts'
import { linkIn, mailsOf, runMails, startWithMail } from '../help/mails.ts'
import { change, clockAt, issue, passEvent, post } from '../help/start.ts'
import { asTx } from '../help/transaction.ts'

type World = Awaited<ReturnType<typeof startWithMail>>

/** Lives through the days, as a running Blazon would, and answers the subjects that arrived on each. */
async function live(world: World, days: string[]) {
  const told: Record<string, string[]> = {}
  for (const day of days) {
    const before = world.inbox.mails.length
    world.clock.set(`${day}T01:00:00.000Z`) // nine in Shanghai
    await runMails(world)
    const subjects = world.inbox.mails.slice(before).map(({ mail }) => mail.subject ?? '')
    if (subjects.length > 0) told[day] = subjects.map((subject) => subject.split(':')[0] ?? '')
  }
  return told
}

function daysFrom(first: string, count: number) {
  const start = Temporal.PlainDate.from(first)
  return Array.from({ length: count }, (_, days) => start.add({ days }).toString())
}

/** Claims with the link of the mail that came last. */
async function claim({ tools, inbox }: World, answer: Parameters<typeof claimByLink>[1]['answer']) {
  const secret = linkIn(inbox.mails.at(-1)?.mail.text).split('/claim/')[1] ?? ''
  const claimed = await claimByLink(tools, { secret, agent: 'test', answer })
  if (!claimed) throw new Error('the link does not claim')
  return claimed
}

const weeks = daysFrom('2026-11-23', 60)

onEachDatabase(
  t,
  'a badge that nobody claims is mailed about at once, and after 3, 14 and 45 days, each time with a link that works',
  async (t, database) => {
    const world = await startWithMail(t, database)
    await issue(world, { visibility: 'private' })
    await runMails(world)
    t.same(await live(world, weeks), {
      '2026-11-25': ['Your badge is waiting'],
      '2026-12-06': ['Your badge is waiting'],
      '2027-01-06': ['Our last reminder'],
    })
    const links = world.inbox.mails.map(({ mail }) => linkIn(mail.text))
    t.equal(new Set(links).size, 4, 'each has a link of its own')
    world.clock.set('2027-01-19T00:00:00.000Z')
    await claim(world, { visibility: 'link' })
  },
)

onEachDatabase(
  t,
  'who claims, declines or loses a badge is reminded of it no more; who is let in again is',
  async (t, database) => {
    const world = await startWithMail(t, database)
    const endings = {
      claimed: () => claim(world, { visibility: 'private' }),
      declined: () => claim(world, 'decline'),
      revoked: (id: string) => change(world, id, 'revoke', { class: 'withdrawn' }),
    }
    const ids: Record<string, string> = {}
    for (const [name, end] of Object.entries(endings)) {
      const { id } = await issue(world, {
        visibility: 'private',
        resultId: `R-${name}`,
        candidate: { ...passEvent().candidate, id: name, email: `${name}@example.com` },
      })
      ids[name] = id
      await runMails(world)
      await end(id)
      await runMails(world)
    }
    const states = await world.tools.db
      .selectFrom('job')
      .select('state')
      .distinct()
      .where('key', 'like', '%:claim-%')
      .execute()
    t.same(states, [{ state: 'cancelled' }])
    t.same(await live(world, weeks.slice(0, 10)), {})
    await reopenBadge(world.tools, { id: ids.declined ?? '', actor: 'test' })
    t.same(await live(world, weeks.slice(10)), {
      '2026-12-06': ['Your badge is waiting'],
      '2027-01-06': ['Our last reminder'],
    })
    t.same(world.inbox.mails.at(-1)?.to, ['declined@example.com'])
  },
)

onEachDatabase(
  t,
  'a declined badge is mailed about no more, whatever becomes of it; taken back, it is again',
  async (t, database) => {
    const world = await startWithMail(t, database)
    const badge = await issue(world, { visibility: 'private' })
    await runMails(world)
    const { accountId } = await claim(world, 'decline')
    await change(world, badge.id, 'suspend')
    await runMails(world)
    await claimSignedIn(world.tools, {
      accountId,
      badgeId: badge.id,
      answer: { visibility: 'link' },
    })
    await change(world, badge.id, 'reinstate')
    await runMails(world)
    t.same(
      world.inbox.mails.slice(1).map(({ mail }) => mail.subject?.split(':')[0]),
      ['The review is over'],
    )
    const skipped = (await mailsOf(world, badge.id)).filter(({ state }) => state === 'skipped')
    t.match(skipped, [{ kind: 'suspended', answer: 'The candidate declined the badge.' }])
  },
)

onEachDatabase(
  t,
  'a holder is reminded of the expiry 90, 60, 30 and 7 days before and on the day, then at every address',
  async (t, database) => {
    const world = await startWithMail(t, database)
    await issue(world, { visibility: 'private' })
    await runMails(world)
    const { accountId } = await claim(world, { visibility: 'public' })
    const verifiedAt = world.clock.now()
    const other = { email: 'zw@example.net', verifiedAt, main: false }
    await addAddress(asTx(world.tools.db), accountId, other)
    t.same(await live(world, daysFrom('2028-08-01', 150)), {
      '2028-08-24': ['Expires in 90 days'],
      '2028-09-23': ['Expires in 60 days'],
      '2028-10-23': ['Expires in 30 days'],
      '2028-11-15': ['Expires in 7 days'],
      '2028-11-22': ['Expires today', 'Expires today'],
    })
    const to = world.inbox.mails.slice(1).map((mail) => mail.to[0])
    const main = 'zhang.wei@example.com'
    t.same(to, [main, main, main, main, main, 'zw@example.net'])
  },
)

onEachDatabase(
  t,
  'reminders stop when the badge is renewed, and the new badge has its own',
  async (t, database) => {
    const world = await startWithMail(t, database, { clock: clockAt('2026-11-22T04:00:00.000Z') })
    await issue(world, { visibility: 'private' })
    await runMails(world)
    await claim(world, { visibility: 'public' })
    t.match(await live(world, daysFrom('2028-08-01', 92)), { '2028-10-23': /./ })
    const startedAt = '2028-11-01T09:00:00+08:00'
    const endedAt = '2028-11-01T10:12:00+08:00'
    world.clock.set('2028-11-01T04:00:00.000Z')
    const renewal = passEvent({ resultId: 'R-2', startedAt, endedAt })
    t.equal((await post(world, renewal)).status, 201)
    await runMails(world)
    t.match(world.inbox.mails.at(-1)?.mail.subject, 'Your renewed badge is ready')
    t.match(linkIn(world.inbox.mails.at(-1)?.mail.text), '/claim/', 'it is to be claimed, too')
    t.same(await live(world, daysFrom('2028-11-02', 60)), {
      '2028-11-04': ['Your badge is waiting'],
      '2028-11-15': ['Your badge is waiting'],
      '2028-12-16': ['Our last reminder'],
    })
  },
)

onEachDatabase(
  t,
  'after a long silence of the server each holder is reminded once, of what is true then',
  async (t, database) => {
    const world = await startWithMail(t, database)
    const { id } = await issue(world, { visibility: 'private' })
    await runMails(world)
    await claim(world, { visibility: 'public' })
    t.same(await live(world, ['2028-11-20', '2028-11-24', '2028-12-24']), {
      '2028-11-20': ['Expires in 2 days'],
      '2028-11-24': ['Expired'],
    })
    const skipped = (await mailsOf(world, id)).filter(({ state }) => state === 'skipped')
    t.same(skipped.map(({ kind }) => kind).toSorted(), ['expires-30', 'expires-60', 'expires-90'])
  },
)
