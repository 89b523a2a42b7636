import { issueWaiting } from '../actions/intake/issue-waiting.ts'
import { pollResults } from '../actions/intake/poll-results.ts'
import { reissueWithdrawn } from '../actions/issuing/reissue-withdrawn.ts'
import { sendLink } from '../actions/mailing/send-link.ts'
import { sendMail } from '../actions/mailing/send-mail.ts'
import { prune } from '../actions/operating/prune-jobs.ts'
import { payloadOf } from '../domain/holders/job-payloads.ts'
import { instantAfter } from '../domain/work/job.ts'
import type { Handlers } from './run-jobs.ts'

/** The work of each kind of job. A job of a kind without a handler waits, and operators see it. */
export const handlers: Handlers = {
  settle: async (tools) => {
    await issueWaiting(tools)
    return { again: instantAfter(tools.now(), 'PT15S') }
  },
  reissue: async (tools, job, { signal }) => {
    const { key } = payloadOf(job, 'reissue')
    const count = await reissueWithdrawn(tools, key, { signal })
    // A process that had not loaded the new ring may have signed with the key meanwhile.
    return count > 0 ? { again: instantAfter(tools.now(), 'PT1M') } : undefined
  },
  prune: async (tools) => {
    await prune(tools)
    return { again: instantAfter(tools.now(), 'PT24H') }
  },
  poll: (tools, { key }, { signal }) => pollResults(tools, key.slice('poll:'.length), { signal }),
  mail: (tools, job, { signal }) => ends(sendMail(tools, job, signal)),
  'sign-in': (tools, job, { signal }) => ends(sendLink(tools, job, signal)),
  address: (tools, job, { signal }) => ends(sendLink(tools, job, signal)),
}

async function ends(work: Promise<void>): Promise<undefined> {
  await work
}

/** Jobs that recur for ever, besides the polls. */
export const standing = [
  { kind: 'settle', key: 'settle:waiting' },
  { kind: 'prune', key: 'prune:jobs' },
]
