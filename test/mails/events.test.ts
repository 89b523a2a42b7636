import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { mailsOf, runMails } from '../help/mails.ts'
import { change } from '../help/start.ts'
import { issued, over, review } from './history.ts'

onEachDatabase(
  t,
  'what happens to a badge again is told again: review, its end, a correction, a corrected name; by operators and by results',
  async (t, database) => {
    const { world, badge, told, exams } = await issued(t, database)
    const happens: [() => Promise<unknown>, string][] = [
      [() => change(world, badge.id, 'suspend'), review],
      [() => change(world, badge.id, 'reinstate'), over],
      [exams.review, review],
      [exams.pass, over],
      [exams.correctDay, 'Issued anew'],
      [exams.correctName, 'Your name was corrected'],
    ]
    const wanted: string[] = []
    for (const [happen, subject] of [...happens, ...happens, ...happens]) {
      await happen()
      await runMails(world)
      wanted.push(subject)
    }
    t.same(told(), wanted)
    t.equal(await runMails(world), 0)
    const ids = world.inbox.mails.map(({ mail }) => mail.messageId)
    t.equal(new Set(ids).size, ids.length, 'each is a mail of its own')
  },
)

onEachDatabase(
  t,
  'what changes back and forth before a mail goes out is told once, as it is in the end',
  async (t, database) => {
    const { world, badge, told, exams } = await issued(t, database)
    for (const verb of ['suspend', 'reinstate', 'suspend', 'reinstate', 'suspend'] as const)
      await change(world, badge.id, verb)
    await runMails(world)
    t.same(told(), [review])
    for (const verb of ['reinstate', 'suspend', 'reinstate'] as const)
      await change(world, badge.id, verb)
    await runMails(world)
    t.same(told(), [review, over])
    await exams.correctDay()
    await exams.correctDay()
    await exams.correctName()
    await exams.correctName()
    await runMails(world)
    t.same(told().slice(2).toSorted(), ['Issued anew', 'Your name was corrected'])
    const skipped = (await mailsOf(world, badge.id)).filter(({ state }) => state === 'skipped')
    t.same([...new Set(skipped.map(({ kind, answer }) => `${kind}: ${answer}`))].toSorted(), [
      'corrected: A later change has a mail of its own.',
      'reinstated: A later change has a mail of its own.',
      'reinstated: The badge is under review.',
      'renamed: A later change has a mail of its own.',
      'suspended: A later change has a mail of its own.',
      'suspended: The badge is not under review.',
    ])
  },
)

onEachDatabase(
  t,
  'a review that a result began and an operator takes over is told once, and its end is, too',
  async (t, database) => {
    const { world, badge, told, exams } = await issued(t, database)
    await exams.review()
    await change(world, badge.id, 'suspend')
    await runMails(world)
    t.same(told(), [review])
    await exams.pass()
    await runMails(world)
    t.same(told(), [review], 'the operator’s review goes on')
    await change(world, badge.id, 'reinstate')
    await runMails(world)
    t.same(told(), [review, over])
  },
)

onEachDatabase(
  t,
  'mails of before events had names do not go out again, and what happens next is told',
  async (t, database) => {
    const { world, badge, told, exams } = await issued(t, database)
    const at = world.clock.now()
    for (const kind of ['suspended', 'reinstated', 'corrected', 'renamed:0b5c'])
      await world.tools.db
        .insertInto('job')
        .values({
          kind: 'mail',
          key: `mail:${badge.id}:${kind}`,
          payload: JSON.stringify({ badge: badge.id, kind: kind.split(':')[0] }),
          run_at: at,
          state: 'done',
          attempts: 1,
          finished_at: at,
        })
        .execute()
    await exams.pass()
    t.equal(await runMails(world), 0)
    await change(world, badge.id, 'suspend')
    await runMails(world)
    await exams.correctDay()
    await runMails(world)
    t.same(told(), [review, 'Issued anew'])
  },
)
