import { registerHooks } from 'node:module'
import { setImmediate as breath } from 'node:timers/promises'

/** Opens Blazon with the settings of the environment, asks for the addresses it is given, and prints all modules loaded. */
const loaded: string[] = []
registerHooks({
  load: (url, context, next) => {
    loaded.push(url)
    return next(url, context)
  },
})
const { readConfig } = await import('../../src/config.ts')
const { openBlazon, runJobs } = await import('../../src/main.ts')
const blazon = await runJobs(await openBlazon(readConfig()))
const statuses = []
for (const url of process.argv.slice(2)) {
  const headers = { accept: url.startsWith('/b/') ? 'text/html' : 'application/ld+json' }
  statuses.push((await blazon.app.inject({ url, headers })).statusCode)
}
await breath()
process.stdout.write(JSON.stringify({ statuses, loaded }))
await blazon.close()
process.exit()
