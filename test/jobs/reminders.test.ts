import t from 'tap'
import { cancel } from '../../src/actions/operating/retry-jobs.ts'
import { handlers } from '../../src/jobs/handlers.ts'
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
    t.same(await waiting(), ['expires-90'], 'the next one')
    const all = ['expires-90', 'expires-60']
    clock.set('2028-08-24T01:00:01.000Z')
    await judgedAnew(2)
    t.same((await waiting()).toSorted(), all.toSorted(), 'due')
    const ran = await runDueJobs(blazon.tools, broken)
    t.equal(ran, 2, 'nobody claimed the badge either')
    await judgedAnew(3)
    t.same((await waiting()).toSorted(), all.toSorted(), 'tried once')
    await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
    t.same(await waiting(), [])
  },
)

onEachDatabase(
  t,
  'a reminder that an operator cancels, or that cannot be sent, does not end its series',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const blazon = await start(t, { database, clock })
    const badge = await issue(blazon, { visibility: 'private' })
    await runDueJobs(blazon.tools, handlers)
    const claims = async () =>
      (
        await blazon.tools.db
          .selectFrom('job')
          .select(['key', 'state'])
          .where('key', 'like', '%:claim-%')
          .orderBy('run_at')
          .execute()
      ).map(({ key, state }) => `${key.split(':').at(-1)} ${state}`)
    t.same(await claims(), ['claim-3 waiting'])
    await cancel(blazon.tools, `mail:${badge.id}:claim-3`)
    t.same(await claims(), ['claim-3 cancelled', 'claim-14 waiting'])
    clock.set('2026-12-06T01:00:00.000Z')
    blazon.tools.mailer = {
      ...blazon.tools.mailer,
      send: async () => {
        throw new Error('no server')
      },
    }
    await runDueJobs(blazon.tools, handlers)
    // The mail that could not be sent waits to be tried again, behind nothing of its series.
    t.same((await claims()).toSorted(), [
      'claim-14 waiting',
      'claim-3 cancelled',
      'claim-45 waiting',
    ])
  },
)
