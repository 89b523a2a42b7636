import t from 'tap'
import type { ExamResult } from '../../schemas/exam-result.ts'
import { acceptStatements } from '../../src/actions/intake/accept-statements.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { planStanding, runDueJobs } from '../../src/jobs/run-jobs.ts'
import { bodyText } from '../../src/storage/results/results.ts'
import { isVoided } from '../../src/storage/results/voided-statements.ts'
import { onEachDatabase } from '../help/databases.ts'
import { clockAt, issue, passEvent, type Started, start } from '../help/start.ts'
import { dieAtEachStep, fused } from './die-at-each-step.ts'
import type { Fuse } from './faults.ts'

const source = 'lms'
const pass = (id: string) => ({
  source,
  resultId: id,
  candidate: { ...passEvent().candidate, id, email: `${id}@example.com`, birthDate: '1990-01-02' },
})

/** A badge whose statement is voided, by a process that dies at a step. */
async function voidOne(started: Started, fuse: Fuse, id: string) {
  await issue(started, pass(id))
  const statements = [{ id: `void-${id}`, voids: id }]
  await acceptStatements(fused(started, fuse), { source, statements, actor: 'test' })
}

async function record({ tools: { db } }: Started, id: string) {
  const badges = await db
    .selectFrom('badge')
    .select(['id', 'revoked_at', 'revoked_class'])
    .where('result_id', '=', id)
    .execute()
  const trail = await db
    .selectFrom('audit')
    .select('subject')
    .where('action', '=', 'badge.revoked')
    .where('subject', 'in', [badges[0]?.id ?? ''])
    .execute()
  const result = await db
    .selectFrom('result')
    .select(['revision', bodyText])
    .where('result_id', '=', id)
    .executeTakeFirstOrThrow()
  const { outcome } = JSON.parse(result.body) as ExamResult
  const isVoid = await isVoided(db, { source, statementId: id })
  return { isVoid, outcome, revision: result.revision, badges, revocations: trail.length }
}

const revoked = {
  outcome: 'invalidated',
  revision: 2,
  badges: [{ revoked_at: String, revoked_class: 'withdrawn' }],
  revocations: 1,
}
const live = { outcome: 'passed', revision: 1, badges: [{ revoked_at: null }], revocations: 0 }

onEachDatabase(
  t,
  'a crash at any step of a voiding ends, after a restart and without the sender, with the badge revoked once, or with nothing kept',
  async (t, database) => {
    let halves = 0
    await dieAtEachStep(
      t,
      database,
      (started, fuse, round) => voidOne(started, fuse, `V-${round}`),
      async (next, round) => {
        const found = await record(next, `V-${round}`)
        t.match(found, found.isVoid ? revoked : live, `round ${round}`)
        if (found.isVoid) halves += 1
      },
    )
    t.ok(halves > 5, `died ${halves} times after the voiding was kept`)
  },
)

onEachDatabase(
  t,
  'what a crash left of a voiding is made good by the job that settles, without a restart, and once',
  async (t, database) => {
    const clock = clockAt('2026-11-22T04:00:00.000Z')
    const blazon = await start(t, { database, clock })
    await planStanding(blazon.tools, [{ kind: 'settle', key: 'settle:waiting' }])
    const { settle } = handlers
    for (let at = 1; at <= 40; at += 1) {
      const id = `S-${at}`
      await voidOne(blazon, { steps: 0, at, names: [] }, id).catch(() => {})
      clock.set(`2026-11-22T04:${String(at).padStart(2, '0')}:00.000Z`)
      t.equal(await runDueJobs(blazon.tools, { settle } as typeof handlers), 1)
      const found = await record(blazon, id)
      t.match(found, found.isVoid ? revoked : live, `died at step ${at}`)
    }
    const messages = await blazon.tools.db.selectFrom('result_message').select('revision').execute()
    clock.set('2026-11-22T05:00:00.000Z')
    await runDueJobs(blazon.tools, { settle } as typeof handlers)
    const after = await blazon.tools.db.selectFrom('result_message').select('revision').execute()
    t.equal(after.length, messages.length, 'once more changes nothing')
  },
)
