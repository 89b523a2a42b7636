import type { Tools } from '../actions/tools.ts'
import { type Handlers, runDueJobs } from './run-jobs.ts'

const pause = 1000

/** Runs jobs as they come due, until it is stopped; stopping waits for the one that is running. */
export function startJobs(tools: Tools, handlers: Handlers): { stop: () => Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()
  const next = () => {
    if (!stopped) timer = setTimeout(() => (round = turn()), pause).unref()
  }
  const turn = async () => {
    try {
      await runDueJobs(tools, handlers)
    } catch (error) {
      tools.log.warn({ err: error }, 'jobs could not be run')
    }
    next()
  }
  next()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await round
    },
  }
}
