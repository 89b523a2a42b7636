import fc from 'fast-check'
import t, { type Test } from 'tap'
import { sendMail } from '../../src/actions/mailing/send-mail.ts'
import { reinstateBadge, suspendBadge } from '../../src/actions/operating/suspend-badge.ts'
import type { Tools } from '../../src/actions/tools/tools.ts'
import { type Fuse, statements } from '../crash/faults.ts'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { mailsOf, runMails, startWithMail } from '../help/mails.ts'
import { rest } from '../help/share.ts'
import { change, issue, passEvent, post } from '../help/start.ts'
import { issued, over, review, type World } from './history.ts'

type Move = 'suspend' | 'reinstate' | 'correctDay' | 'mail'

/** What a history must tell, batch by batch: what is new at each chance to send, in no order. */
function expected(moves: Move[]): string[][] {
  let suspended = false
  let fresh = new Map<string, string>()
  const batches: string[][] = []
  for (const move of moves) {
    if (move === 'correctDay') fresh.set('correction', 'Issued anew')
    if (move === 'suspend' && !suspended) fresh.set('state', review)
    if (move === 'reinstate' && suspended) fresh.set('state', over)
    if (move === 'suspend') suspended = true
    if (move === 'reinstate') suspended = false
    if (move !== 'mail') continue
    batches.push([...fresh.values()].toSorted())
    fresh = new Map()
  }
  return batches
}

/** Lets a badge of its own go through a history and answers what its holder was told, batch by batch. */
async function live(world: World, moves: Move[], name: string): Promise<string[][]> {
  const about = { resultId: `R-${name}`, candidate: { ...passEvent().candidate, id: name } }
  const badge = await issue(world, { ...about, visibility: 'private' })
  await runMails(world)
  const batches: string[][] = []
  let revision = 1
  for (const move of moves) {
    const before = world.inbox.mails.length
    if (move === 'mail') {
      await runMails(world)
      const told = world.inbox.mails.slice(before)
      batches.push(told.map(({ mail }) => mail.subject?.split(':')[0] ?? '').toSorted())
    } else if (move === 'correctDay') {
      revision += 1
      const day = `2026-11-${String(revision).padStart(2, '0')}`
      const times = { startedAt: `${day}T09:00:00+08:00`, endedAt: `${day}T10:12:00+08:00` }
      await post(world, passEvent({ ...about, revision, ...times }))
    } else await change(world, badge.id, move)
  }
  return batches
}

rest(t).test(
  'whatever happens in whatever order, the last state is told, each correction is, and nothing is told twice',
  async (t) => {
    const world = await startWithMail(t as Test, await sqliteDatabase(t as Test))
    const moves = fc.constantFrom<Move>('suspend', 'reinstate', 'correctDay', 'mail')
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.array(moves, { maxLength: 14 }), async (some) => {
        count += 1
        const all: Move[] = [...some, 'mail', 'mail']
        t.same(await live(world, all, `C-${count}`), expected(all), all.join(', '))
      }),
      { numRuns: 40, endOnFailure: true },
    )
    t.ok(count >= 40)
  },
)

onEachDatabase(
  t,
  'a crash at any step of a change or of its mail leaves each event told once',
  async (t, database) => {
    const { world, badge, told } = await issued(t, database)
    const { id } = badge
    const wanted: string[] = []
    for (const [act, subject] of [
      [suspendBadge, review],
      [reinstateBadge, over],
      [suspendBadge, review],
    ] as const) {
      const steps = await untilThrough(world, (tools) => act(tools, { id, actor: 'test' }))
      t.ok(steps > 5, `${subject}: died at ${steps} steps`)
      const job = await waitingMail(world)
      await untilThrough(world, (tools) => sendMail(tools, job))
      await runMails(world)
      wanted.push(subject)
      t.same(new Set(told()), new Set(wanted))
    }
    await runMails(world)
    // SMTP cannot say that a mail was taken and forget it: what went out again bears the same Message-ID.
    const ids = new Set(world.inbox.mails.slice(1).map(({ mail }) => mail.messageId))
    t.equal(ids.size, wanted.length)
    t.same(
      (await mailsOf(world, id)).filter(({ state }) => state !== 'sent'),
      [],
    )
  },
)

/** The one mail that is to be sent. */
async function waitingMail({ tools }: World) {
  const { key, payload } = await tools.db
    .selectFrom('job')
    .select(['key', 'payload'])
    .where('state', '=', 'waiting')
    .where('run_at', '<=', tools.now())
    .where('kind', '=', 'mail')
    .executeTakeFirstOrThrow()
  return { key, payload: JSON.parse(payload) as Record<string, unknown> }
}

/** Runs the work with a crash at step 1, 2, 3 … until it gets through. Answers at how many steps it died. */
async function untilThrough({ tools }: World, work: (tools: Tools) => Promise<unknown>) {
  for (let at = 1; ; at += 1) {
    const fuse: Fuse = { steps: 0, at, names: [] }
    await work({ ...tools, db: tools.db.withPlugin(statements(fuse)) }).catch(() => {})
    if (fuse.steps < fuse.at) return at - 1
  }
}
