import type { Tools } from '../actions/tools/tools.ts'
import { isLinkMail } from '../domain/holders/mail.ts'
import { afterExpiredLease } from '../domain/work/job.ts'
import { findExpiredLeases, reclaimJob } from '../storage/jobs/job-leases.ts'
import { erasePayload } from '../storage/jobs/job-payloads.ts'

const batch = 100

/** Queues jobs whose process died again, or ends them after their last try: each death counts as a failed try. */
export async function reclaimExpired({ db, now, log }: Pick<Tools, 'db' | 'now' | 'log'>) {
  for (const dead of await findExpiredLeases(db, now(), batch)) {
    const { again, words } = afterExpiredLease(dead, dead.until)
    if (!(await reclaimJob(db, dead, { again, words, at: now() }))) continue
    // The link is not needed any more, so its address is deleted.
    if (!again && isLinkMail(dead.kind)) await erasePayload(db, dead.key)
    log.warn(
      { job: dead.key },
      again
        ? 'a job is reclaimed from a process that died'
        : 'a job has failed permanently: its process died each time',
    )
  }
}
