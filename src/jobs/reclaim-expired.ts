import type { Tools } from '../actions/tools/tools.ts'
import { isLinkMail } from '../domain/holders/mail.ts'
import { afterDeath } from '../domain/work/job.ts'
import { findExpiredLeases, reclaimJob } from '../storage/jobs/job-leases.ts'
import { erasePayload } from '../storage/jobs/job-payloads.ts'

const some = 100

/** Puts jobs whose process died back in line, or gives them up: each death counts as a failed try. */
export async function reclaimExpired({ db, now, log }: Pick<Tools, 'db' | 'now' | 'log'>) {
  for (const dead of await findExpiredLeases(db, now(), some)) {
    const { again, words } = afterDeath(dead, dead.until)
    if (!(await reclaimJob(db, dead, { again, words, at: now() }))) continue
    // Nobody waits for that link any more, so nothing needs the address.
    if (!again && isLinkMail(dead.kind)) await erasePayload(db, dead.key)
    log.warn(
      { job: dead.key },
      again
        ? 'a job is taken from a process that died'
        : 'a job whose process died each time is given up',
    )
  }
}
