import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { startJobs } from '../../src/jobs/start-jobs.ts'
import { planJobs } from '../../src/storage/jobs/jobs.ts'
import { onEachDatabase } from '../help/databases.ts'
import { type Started, start } from '../help/start.ts'

const due = '2026-11-22T04:00:00.000Z'

const plan = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ kind, key: `${kind}:${index}`, runAt: due }))

const rows = ({ tools }: Started, kind: string) =>
  tools.db
    .selectFrom('job')
    .select(['state', 'attempts', 'claim'])
    .where('kind', '=', kind)
    .execute()

/** Timers of the runner keep no process alive; a test waits for itself. */
async function until(holds: () => boolean) {
  while (!holds()) await sleep(2)
}

onEachDatabase(
  t,
  'a long job of one kind delays none of another, and at most four mails go out at once',
  async (t, database) => {
    const blazon = await start(t, { database })
    await planJobs(blazon.tools.db, [...plan('reissue', 3), ...plan('mail', 30)])
    let sent = 0
    let busy = 0
    let most = 0
    let long = 0
    const { promise: end, resolve } = Promise.withResolvers<undefined>()
    const { stop } = startJobs(
      blazon.tools,
      {
        reissue: () => {
          long += 1
          return end
        },
        mail: async () => {
          busy += 1
          most = Math.max(most, busy)
          await sleep(25)
          busy -= 1
          sent += 1
          return undefined
        },
      },
      { pause: 5 },
    )
    await until(() => sent === 30)
    t.equal(long, 1, 'one of its kind at once, and it still runs')
    t.equal(most, 4)
    resolve(undefined)
    await until(() => long === 3)
    await stop()
    t.ok((await rows(blazon, 'reissue')).every(({ state }) => state === 'done'))
  },
)

onEachDatabase(
  t,
  'stopping waits for the job that runs, and takes no other',
  async (t, database) => {
    const blazon = await start(t, { database })
    await planJobs(blazon.tools.db, plan('work', 2))
    let begun = 0
    let ended = 0
    const { stop } = startJobs(
      blazon.tools,
      {
        work: async () => {
          begun += 1
          await sleep(100)
          ended += 1
          return undefined
        },
      },
      { pause: 5 },
    )
    await until(() => begun === 1)
    await stop()
    t.same([begun, ended], [1, 1])
    t.same((await rows(blazon, 'work')).map(({ state }) => state).sort(), ['done', 'waiting'])
  },
)

onEachDatabase(
  t,
  'stopping has an end: a job that runs on is told, and let go as if it had not been tried',
  async (t, database) => {
    const blazon = await start(t, { database })
    await planJobs(blazon.tools.db, [...plan('deaf', 1), ...plan('polite', 1)])
    let begun = 0
    let told = false
    const { promise: never, resolve } = Promise.withResolvers<undefined>()
    const { stop } = startJobs(
      blazon.tools,
      {
        deaf: () => {
          begun += 1
          return never
        },
        polite: async (_tools, _job, { signal }) => {
          begun += 1
          while (!signal.aborted) await sleep(2)
          told = true
          throw signal.reason
        },
      },
      { pause: 5, patience: 50 },
    )
    await until(() => begun === 2)
    await stop()
    t.ok(told)
    for (const kind of ['deaf', 'polite'])
      t.same(await rows(blazon, kind), [{ state: 'waiting', attempts: 0, claim: null }], kind)
    resolve(undefined)
    await sleep(20)
    t.match(await rows(blazon, 'deaf'), [{ state: 'waiting' }], 'its late end changes nothing')
  },
)
