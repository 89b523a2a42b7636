import { pollResults } from '../actions/poll-results.ts'
import { instantAfter, nextTry } from '../domain/job.ts'
import type { Handler } from './run-jobs.ts'

/** Asks a vendor for what is new. One that fails for days is asked once a day and never given up: results would stay away unseen. */
export const poll: Handler = async (tools, { key, attempts }, { signal }) => {
  try {
    return await pollResults(tools, key.slice('poll:'.length), { signal })
  } catch (error) {
    if (signal.aborted || nextTry(attempts, tools.now())) throw error
    tools.log.warn({ job: key, err: error }, 'a poll keeps failing and is tried again in a day')
    return { again: instantAfter(tools.now(), 'PT24H') }
  }
}
