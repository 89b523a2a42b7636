import t from 'tap'
import { countLines, jobLines } from '../../src/commands/job-lines.ts'
import type { Job } from '../../src/domain/work/job.ts'
import { planJobs } from '../../src/storage/jobs/jobs.ts'
import { command } from '../help/command.ts'
import { onEachDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { settingsOf, start } from '../help/start.ts'

const past = '2026-01-01T00:00:00.000Z'
const badge = '3f0e8a52-4c5e-4b7f-9d0b-2f6f6f0d9a11'
const failed = (key: string) => ({
  state: 'failed' as const,
  attempts: 10,
  last_error: 'The mail server does not answer.',
  key,
})

onEachDatabase(
  rest(t),
  'npm run jobs shows what there is and what failed, and retry and cancel mend it',
  async (t, { url, ...database }) => {
    const { db } = (await start(t, { database: { url, ...database } })).tools
    const jobs = (...args: string[]) => command('commands/jobs.ts', args, settingsOf(url))
    const plan = (key: string, kind = 'mail') => ({
      kind,
      key,
      runAt: past,
      payload: { to: 'zhang.wei@example.com' },
    })
    const keys = ['earned', 'renewed', 'revoked'].map((each) => `mail:${badge}:${each}`)
    await planJobs(db, [...keys.map((key) => plan(key)), plan('export:1', 'export')])
    for (const key of keys)
      await db.updateTable('job').set(failed(key)).where('key', '=', key).execute()
    const states = async () =>
      (await db.selectFrom('job').select(['key', 'state']).orderBy('key').execute()).map(
        ({ state }) => state,
      )

    const shown = await jobs()
    t.equal(shown.code, 0, shown.err)
    t.match(shown.out, /^ +waiting {2}due {2}running {2}failed {2}done {2}cancelled {2}late by$/m)
    t.match(shown.out, /^ {2}export +· +1 +· +· +· +· +\d+ d$/m)
    t.match(shown.out, /^ {2}mail +· +· +· +3 +· +·$/m)
    t.match(shown.out, `${keys[0]}, tried 10 times\n      The mail server does not answer.`)
    t.match(shown.out, `npm run jobs -- retry ${keys[0]}`)
    t.match(shown.out, 'npm run jobs -- retry --kind mail')
    t.notMatch(shown.out + (await jobs('--json')).out, /zhang/i)

    const told = JSON.parse((await jobs('--json', '--kind', 'mail')).out)
    t.match(told, {
      counts: [{ kind: 'mail', waiting: 0, due: 0, failed: 3, oldestDue: null }],
      jobs: [{ kind: 'mail', state: 'failed', attempts: 10 }],
    })
    t.equal(told.jobs.length, 3)

    t.match(await jobs('retry', keys[0] as string), { code: 0, out: /waits again/ })
    t.match(await jobs('cancel', keys[1] as string), { code: 0, out: /is cancelled/ })
    t.same(await states(), ['waiting', 'waiting', 'cancelled', 'failed'])
    await db
      .updateTable('job')
      .set(failed(keys[0] as string))
      .where('key', '=', keys[0] as string)
      .execute()
    t.match(await jobs('retry', '--kind', 'mail'), { code: 0, out: /2 of mail wait again/ })
    t.same(await states(), ['waiting', 'waiting', 'cancelled', 'waiting'])
    t.match(await jobs('retry', '--kind', 'mail'), { code: 0, out: /No mail has failed/ })

    await db.updateTable('job').set({ state: 'running' }).where('key', '=', 'export:1').execute()
    for (const verb of ['retry', 'cancel'])
      t.match(await jobs(verb, 'export:1'), { code: 1, err: /is running; look again/ })
    t.match(await jobs('retry', 'mail:none'), { code: 1, err: /There is no job mail:none/ })
  },
)

rest(t).test(
  'npm run jobs that is not understood says how it is used, and touches nothing',
  async (t) => {
    const wrong = [['retry'], ['cancel'], ['mend'], ['--state', 'lost'], ['retry', 'a', 'b']]
    const answers = await Promise.all(wrong.map((args) => command('commands/jobs.ts', args)))
    for (const answer of answers) t.match(answer, { code: 1, err: /npm run jobs -- retry KEY/ })
  },
)

t.test('the table is aligned, whatever the numbers', async (t) => {
  const none = { waiting: 0, due: 0, running: 0, failed: 0, done: 0, cancelled: 0, oldestDue: null }
  const lines = countLines(
    [
      { ...none, kind: 'mail', waiting: 412003, done: 98, oldestDue: '2026-11-22T03:57:00.000Z' },
      { ...none, kind: 'settle', running: 1 },
    ],
    '2026-11-22T04:00:00.000Z',
  )
  t.same(lines, [
    '          waiting  due  running  failed  done  cancelled  late by',
    '  mail    412,003    ·        ·       ·    98          ·    3 min',
    '  settle        ·    ·        1       ·     ·          ·',
  ])
  const job: Job = {
    kind: 'mail',
    key: 'mail:a:earned',
    payload: {},
    runAt: '2026-11-22T04:00:00.000Z',
    state: 'waiting',
    attempts: 1,
    lastError: 'Error',
  }
  t.same(jobLines([job], { state: 'waiting', shown: 50 }), [
    '  waiting, the oldest first',
    '  2026-11-22 04:00 UTC  mail:a:earned, tried once',
    '      Error',
  ])
  t.same(jobLines([], { state: 'failed', shown: 50 }), ['  None is failed.'])
})
