import type { Job } from '../work/job.ts'
import type { LinkMailKind } from './mail.ts'

/** What the jobs of each kind carry. A job of another kind carries nothing: the key of a mail says it all. */
export type JobPayloads = {
  /** The id of the withdrawn key. */
  reissue: { key: string }
} & Record<LinkMailKind, LinkRequest>

/** A request for a mailed link. The job forgets it when it ends, and is empty from then on. */
export type LinkRequest = { email?: string; accountId?: string; at?: string; lang?: string }

/** The payload of a job, typed by its kind; only the planner of that kind wrote it. */
export function payloadOf<Kind extends keyof JobPayloads>(
  { payload }: Pick<Job, 'payload'>,
  _kind: Kind,
): JobPayloads[Kind] {
  return payload as JobPayloads[Kind]
}
