import { mailOf, type PlannedMail } from '../../domain/holders/mail-keys.ts'
import { Problem } from '../../problem.ts'
import { findBadge } from '../../storage/badges/badges.ts'
import { findJob } from '../../storage/jobs/job-lists.ts'
import { cancelJob, retryJob, retryKind } from '../../storage/jobs/jobs.ts'
import { findProgramme } from '../../storage/programmes.ts'
import { planNextReminder } from '../support/plan-mails.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

type Needs = Pick<Tools, 'db' | 'now'>

/** Queues a failed job to run at once. Throws `not-found`, or `conflict` when it needs no retry. */
export async function retry({ db, now }: Needs, key: string): Promise<void> {
  if (!(await retryJob(db, key, now()))) await refuse(db, key, 'retried')
}

/** Queues every permanently failed job of a kind. Answers how many. */
export function retryAll({ db, now }: Needs, kind: string): Promise<number> {
  return retryKind(db, kind, now())
}

/**
 * Cancels a waiting or failed job; of a reminder, only that one, not those that follow. Throws `not-found`, or `conflict`
 * when it runs or has finished.
 */
export async function cancel(tools: Needs, key: string): Promise<void> {
  const cancelled = await transaction(tools, async (tools) => {
    if (!(await cancelJob(tools.db, key, tools.now()))) return false
    const job = await findJob(tools.db, key)
    if (job?.kind === 'mail') await planFollowing(tools, mailOf(job))
    return true
  })
  if (!cancelled) await refuse(tools.db, key, 'cancelled')
}

async function planFollowing(
  { db, now }: Pick<TxTools, 'db' | 'now'>,
  { badge: id, kind }: PlannedMail,
) {
  const badge = await findBadge(db, id)
  const version = badge && (await findProgramme(db, badge.programmeVersion))
  if (!version) return
  const programmes = { at: async () => version, current: () => version }
  await planNextReminder({ db, now, programmes }, badge, kind)
}

const words = {
  waiting: 'It waits, and has not failed.',
  running: 'It is running; look again when it has ended.',
  done: 'It is done.',
  failed: 'It has just failed; look again.',
  cancelled: 'It was cancelled before.',
}

async function refuse(db: Tools['db'], key: string, verb: 'retried' | 'cancelled'): Promise<never> {
  const job = await findJob(db, key)
  if (!job)
    throw new Problem(
      'not-found/no-such-job',
      `There is no job ${key}. List the jobs: npm run jobs`,
    )
  throw new Problem(`conflict/job-not-${verb}`, `${key} cannot be ${verb}. ${words[job.state]}`)
}
