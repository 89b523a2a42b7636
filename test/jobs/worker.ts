import { readConfig } from '../../src/config.ts'
import type { Handlers } from '../../src/jobs/run-jobs.ts'
import { startJobs } from '../../src/jobs/start-jobs.ts'
import { openBlazon } from '../../src/main.ts'

// A process of its own that runs jobs and says which it begins: mails take no time, hanging never ends, deadly ends the process.
const { tools } = await openBlazon(readConfig())

const say = (key: string) => void process.stdout.write(`${key}\n`)
const handlers: Handlers = {
  mail: async (_tools, { key }) => {
    say(key)
    return undefined
  },
  hanging: (_tools, { key }) => {
    say(key)
    return new Promise(() => {})
  },
  deadly: async (_tools, { key }) => {
    say(key)
    process.kill(process.pid, 'SIGKILL')
    return undefined
  },
}
setInterval(() => {}, 1000)
startJobs(tools, handlers, { pause: 20 })
say('ready')
