import { flushCompileCache } from 'node:module'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { issueWaiting } from './actions/intake/issue-waiting.ts'
import { pollJobs } from './actions/intake/poll-results.ts'
import { planReissues } from './actions/issuing/plan-reissues.ts'
import { type Config, readConfig } from './config.ts'
import { makeApp } from './http/app.ts'
import type { App, HttpTools } from './http/tools.ts'
import { handlers, standing } from './jobs/handlers.ts'
import { planStanding } from './jobs/run-jobs.ts'
import { startJobs } from './jobs/start-jobs.ts'
import { closeTools, type Outside, openTools } from './opening.ts'
import { explain } from './problem.ts'
import { followKeys, reloadKeys } from './ring.ts'

/** A whole Blazon, not yet listening. `close` ends everything in order. */
export type Blazon = {
  app: App
  tools: HttpTools
  /** Loads the ring of `KEYS_DIR` if it changed. If it cannot be used, logs that, and the present ring stays. */
  reloadKeys: () => Promise<void>
  close: () => Promise<void>
}

/** Opens the tools, settles what a crash left open, and makes the app. Throws Problems that say what to correct. */
export async function openBlazon(config: Config, outside: Outside = {}): Promise<Blazon> {
  const tools = await openTools(config, outside)
  try {
    await planReissues(tools)
    const [app, open] = await Promise.all([
      makeApp(tools, tools.log),
      issueWaiting(tools, { unknownExams: true }),
    ])
    if (open > 0) tools.log.info({ open }, 'open results were processed')
    const close = async () => {
      await app.close()
      await closeTools(tools)
    }
    return { app, tools, reloadKeys: () => reloadKeys(tools, config), close }
  } catch (error) {
    await tools.db.destroy()
    throw error
  }
}

/** Loads a changed key ring automatically; `close` then ends that, too. */
function followingKeys(blazon: Blazon): Blazon {
  const unfollow = followKeys(blazon.reloadKeys)
  return {
    ...blazon,
    close: async () => {
      unfollow()
      await blazon.close()
    },
  }
}

/** Runs durable jobs beside the server; `close` then ends them first. */
export async function runJobs(blazon: Blazon): Promise<Blazon> {
  const { folder } = blazon.tools.mailer
  if (folder !== undefined)
    blazon.tools.log.info(
      { folder },
      'there is no SMTP_URL: mails are written to this folder, and are not delivered',
    )
  await planStanding(blazon.tools, [...standing, ...pollJobs(blazon.tools.adapters)])
  const { stop } = startJobs(blazon.tools, handlers)
  return {
    ...blazon,
    close: async () => {
      await stop()
      await blazon.close()
    },
  }
}

/** Starts listening. Answers the port. */
export async function listen(
  { app }: Blazon,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<number> {
  await app.listen({ host, port })
  return (app.server.address() as AddressInfo).port
}

/** `npm start`. Ends the process, with a sentence that says what to correct, if Blazon cannot start. */
export async function start(): Promise<void> {
  try {
    await serve()
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(1)
  }
}

async function serve() {
  const config = readConfig()
  const blazon = await runJobs(followingKeys(await openBlazon(config)))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void blazon.close().then(() => process.exit(0)))
  await listen(blazon, config)
  // Compiled modules are kept for the next start even if this process is killed, and no longer take memory here.
  setTimeout(flushCompileCache, 2000).unref()
  process.stdout.write(`Blazon answers at ${config.publicUrl}\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) void start()
