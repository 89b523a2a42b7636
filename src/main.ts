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

/** A whole Blazon, not yet listening. `close` ends it in order. */
export type Blazon = {
  app: App
  tools: HttpTools
  /** Takes up the ring of `KEYS_DIR` if it changed; one that cannot be used is logged, and the present one stays. */
  reloadKeys: () => Promise<void>
  close: () => Promise<void>
}

/** Opens the tools, takes up what a crash left open and makes the app. Throws Problems that say what to mend. */
export async function openBlazon(config: Config, outside: Outside = {}): Promise<Blazon> {
  const tools = await openTools(config, outside)
  try {
    await planReissues(tools)
    const open = await issueWaiting(tools, { unknownExams: true })
    if (open > 0) tools.log.info({ open }, 'open results were looked at')
    const app = await makeApp(tools, tools.log)
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

/** Takes up a changed key ring by itself; `close` then ends that too. */
function followed(blazon: Blazon): Blazon {
  const unfollow = followKeys(blazon.reloadKeys)
  return {
    ...blazon,
    close: async () => {
      unfollow()
      await blazon.close()
    },
  }
}

/** Runs durable jobs beside the answers; `close` then ends them first. */
export async function runJobs(blazon: Blazon): Promise<Blazon> {
  const { folder } = blazon.tools.mailer
  if (folder !== undefined)
    blazon.tools.log.info(
      { folder },
      'there is no SMTP_URL: mails are written to this folder, and nobody gets them',
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

/** Starts listening and answers the port. */
export async function listen(
  { app }: Blazon,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<number> {
  await app.listen({ host, port })
  return (app.server.address() as AddressInfo).port
}

async function start() {
  const config = readConfig()
  const blazon = await runJobs(followed(await openBlazon(config)))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void blazon.close().then(() => process.exit(0)))
  await listen(blazon, config)
  void blazon.tools.verifications.warm().catch(() => {})
  process.stdout.write(`Blazon answers at ${config.publicUrl}\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  start().catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(1)
  })
