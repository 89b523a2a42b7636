import { dayOf } from '../../domain/rules/attempt.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import { instantAfter, instantBefore, keptFor, keptPermanently } from '../../domain/work/job.ts'
import { pruneFormerHandles } from '../../storage/accounts/profiles.ts'
import { pruneSessions } from '../../storage/accounts/sessions.ts'
import { pruneDirectory } from '../../storage/badges/directory.ts'
import { pruneErasedAttempts } from '../../storage/erasure/erased-attempts.ts'
import { listKinds } from '../../storage/jobs/job-lists.ts'
import { forgetJobs } from '../../storage/jobs/jobs.ts'
import { pruneMailLinks } from '../../storage/mails/mail-links.ts'
import type { Tools } from '../tools/tools.ts'

const batch = 500

/**
 * Deletes what is no longer needed: old jobs, expired mailed links and sessions, failures that no wait depends on,
 * handles whose reservation has ended, directory rows of expired badges.
 */
export async function prune(tools: Pick<Tools, 'db' | 'now' | 'programmes'>): Promise<void> {
  const { db, now, programmes } = tools
  await pruneJobs(tools)
  // An expired link still answers for a while that it has expired, and offers another.
  await pruneMailLinks(db, instantBefore(now(), 'PT720H'))
  await pruneSessions(db, now())
  await pruneFormerHandles(db, now())
  while ((await pruneDirectory(db, wholeSeconds(now()), batch)) > 0);
  await pruneErasedAttempts(db, dayOf(now(), programmes.current().programme.timeZone))
}

/**
 * Deletes jobs that finished long ago, except those whose rows ensure that nothing is done twice. Answers how many.
 */
export async function pruneJobs({ db, now }: Pick<Tools, 'db' | 'now'>): Promise<number> {
  const before = instantAfter(now(), `-PT${keptFor.days * 24}H`)
  const kinds = new Set([...(await listKinds(db, 'done')), ...(await listKinds(db, 'cancelled'))])
  let count = 0
  // Jobs of mails are permanent and numerous, so they are not searched.
  for (const kind of [...kinds].filter((each) => `${each}:` !== keptPermanently))
    for (let forgotten = batch; forgotten === batch; count += forgotten)
      forgotten = await forgetJobs(db, { kind, before, except: keptPermanently, limit: batch })
  return count
}
