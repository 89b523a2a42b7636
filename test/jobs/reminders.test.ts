import t from 'tap'
import { claimReminderDays } from '../../src/domain/holders/reminders.ts'
import { runDueJobs } from '../../src/jobs/run-jobs.ts'
import { onEachDatabase } from '../help/databases.ts'
import { change, clockAt, issue, passEvent, post, start } from '../help/start.ts'

onEachDatabase(
  t,
  'a reminder that is due, or could not be sent yet, goes out though its person is judged anew; a revoked badge has none',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const blazon = await start(t, { database, clock })
    const badge = await issue(blazon)
    const waiting = async () =>
      (
        await blazon.tools.db
          .selectFrom('job')
          .select('key')
          .where('key', 'like', '%:expires-%')
          .where('state', '=', 'waiting')
          .orderBy('run_at')
          .execute()
      ).map(({ key }) => key.split(':').at(-1))
    const broken = {
      mail: async () => {
        throw new Error('no server')
      },
    }
    const judgedAnew = (revision: number) =>
      post(
        blazon,
        passEvent({
          revision,
          candidate: { ...passEvent().candidate, fullName: `张伟${revision}` },
        }),
      )
    await runDueJobs(blazon.tools, { mail: async () => undefined })
    const all = ['expires-90', 'expires-60', 'expires-30', 'expires-7', 'expires-0']
    t.same(await waiting(), all)
    clock.set('2028-08-24T01:00:01.000Z')
    await judgedAnew(2)
    t.same((await waiting()).toSorted(), all.toSorted(), 'due')
    const ran = await runDueJobs(blazon.tools, broken)
    t.equal(ran, 1 + claimReminderDays.length, 'nobody claimed the badge either')
    await judgedAnew(3)
    t.same((await waiting()).toSorted(), all.toSorted(), 'tried once')
    await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
    t.same(await waiting(), [])
  },
)
