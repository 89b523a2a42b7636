import { issueWaiting } from '../actions/intake/issue-waiting.ts'
import { pollResults } from '../actions/intake/poll-results.ts'
import { prune } from '../actions/operating/prune-jobs.ts'
import { payloadOf } from '../domain/holders/job-payloads.ts'
import { instantAfter } from '../domain/work/job.ts'
import type { Handlers } from './run-jobs.ts'

/**
 * The work of each kind of job, mails and re-issues loaded with their first job. A job of a kind without a handler waits, and
 * operators see it.
 */
export const handlers: Handlers = {
  settle: async (tools) => {
    await issueWaiting(tools)
    return { again: instantAfter(tools.now(), 'PT15S') }
  },
  reissue: async (tools, job, { signal }) => {
    const { key } = payloadOf(job, 'reissue')
    const { reissueWithdrawn } = await import('../actions/issuing/reissue-withdrawn.ts')
    const count = await reissueWithdrawn(tools, key, { signal })
    // A process that had not loaded the new ring may have signed with the key meanwhile.
    return count > 0 ? { again: instantAfter(tools.now(), 'PT1M') } : undefined
  },
  prune: async (tools) => {
    await prune(tools)
    return { again: instantAfter(tools.now(), 'PT24H') }
  },
  poll: (tools, { key }, { signal }) => pollResults(tools, key.slice('poll:'.length), { signal }),
  mail: async (tools, job, { signal }) => {
    const { sendMail } = await import('../actions/mailing/send-mail.ts')
    await sendMail(tools, job, signal)
    return undefined
  },
  'sign-in': sendsLink,
  address: sendsLink,
}

async function sendsLink(...[tools, job, { signal }]: Parameters<Handlers[string]>) {
  const { sendLink } = await import('../actions/mailing/send-link.ts')
  await sendLink(tools, job, signal)
  return undefined
}

/** Jobs that recur for ever, besides the polls. */
export const standing = [
  { kind: 'settle', key: 'settle:waiting' },
  { kind: 'prune', key: 'prune:jobs' },
]
