import { dayOf } from '../../domain/rules/attempt.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import { instantAfter, instantBefore, keptFor, keptForGood } from '../../domain/work/job.ts'
import { pruneFormerHandles } from '../../storage/accounts/profiles.ts'
import { pruneSessions } from '../../storage/accounts/sessions.ts'
import { pruneDirectory } from '../../storage/badges/directory.ts'
import { pruneErasedAttempts } from '../../storage/erasure/erased.ts'
import { listKinds } from '../../storage/jobs/job-lists.ts'
import { forgetJobs } from '../../storage/jobs/jobs.ts'
import { pruneMailLinks } from '../../storage/mails/mail-links.ts'
import type { Tools } from '../tools/tools.ts'

const batch = 500

/**
 * Forgets what has served: jobs, mailed links and sessions that ran out, failures that no wait rests on any more, handles that have
 * rested, what expired badges were found by.
 */
export async function prune(tools: Pick<Tools, 'db' | 'now' | 'programmes'>): Promise<void> {
  const { db, now, programmes } = tools
  await pruneJobs(tools)
  // A link that ran out still says for a while that it did, and offers another.
  await pruneMailLinks(db, instantBefore(now(), 'PT720H'))
  await pruneSessions(db, now())
  await pruneFormerHandles(db, now())
  while ((await pruneDirectory(db, wholeSeconds(now()), batch)) > 0);
  await pruneErasedAttempts(db, dayOf(now(), programmes.current().programme.timeZone))
}

/** Forgets jobs that are long over, but for those whose rows are the promise that nothing is done twice. Answers how many. */
export async function pruneJobs({ db, now }: Pick<Tools, 'db' | 'now'>): Promise<number> {
  const before = instantAfter(now(), `-PT${keptFor.days * 24}H`)
  const kinds = new Set([...(await listKinds(db, 'done')), ...(await listKinds(db, 'cancelled'))])
  let count = 0
  // Mails are kept for good, and there are many; no need to look through them.
  for (const kind of [...kinds].filter((each) => `${each}:` !== keptForGood))
    for (let forgotten = batch; forgotten === batch; count += forgotten)
      forgotten = await forgetJobs(db, { kind, before, except: keptForGood, limit: batch })
  return count
}
