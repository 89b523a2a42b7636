import type { Tools } from '../actions/tools.ts'
import { afterDeath } from '../domain/job.ts'
import { findAbandoned, takeAway } from '../storage/claims.ts'

const some = 100

/** Puts jobs whose process died back in line, or gives them up: each death counts as a failed try. */
export async function takeFromDead({ db, now, log }: Pick<Tools, 'db' | 'now' | 'log'>) {
  for (const dead of await findAbandoned(db, now(), some)) {
    const { again, words } = afterDeath(dead, dead.until)
    if (!(await takeAway(db, dead, { again, words, at: now() }))) continue
    log.warn(
      { job: dead.key },
      again
        ? 'a job is taken from a process that died'
        : 'a job whose process died each time is given up',
    )
  }
}
