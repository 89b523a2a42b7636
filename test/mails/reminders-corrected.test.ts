import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { runMails, startWithMail } from '../help/mails.ts'
import { clockAt, passEvent, post } from '../help/start.ts'

onEachDatabase(
  t,
  'a reminder that went out goes out again for a last day that was corrected to a later one, and none goes out early',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const world = await startWithMail(t, database, { clock })
    const taken = (year: number) => ({
      startedAt: `${year}-11-20T09:00:00+08:00`,
      endedAt: `${year}-11-20T10:12:00+08:00`,
    })
    await post(world, passEvent(taken(2025)))
    await runMails(world)
    const expiring = () =>
      world.inbox.mails.flatMap(({ mail }) => /^Expires .*?(?=:)/.exec(mail.subject ?? '') ?? [])
    clock.set('2027-08-22T01:00:00.000Z')
    await runMails(world)
    clock.set('2027-09-22T00:59:00.000Z')
    t.same(expiring(), ['Expires in 90 days'])
    // The reminder of 60 days before is due when the day is corrected to a year later.
    clock.set('2027-09-22T01:00:00.000Z')
    await post(world, passEvent({ ...taken(2026), revision: 2 }))
    await runMails(world)
    t.same(expiring(), ['Expires in 90 days'])
    // Nearly every day from then on, judged again now and then.
    for (let day = 0, revision = 3; day < 430; day += 10) {
      clock.set(
        Temporal.Instant.from('2027-09-22T01:00:00Z')
          .add({ hours: 24 * day })
          .toString(),
      )
      if (day % 50 === 0) {
        const candidate = { ...passEvent().candidate, fullName: `张伟${day}` }
        await post(world, passEvent({ ...taken(2026), candidate, revision }))
        revision += 1
      }
      await runMails(world)
    }
    t.match(expiring(), ['Expires in 90 days', /Expires in (90|8\d) days/, /days/, /days/, /days/])
  },
)
