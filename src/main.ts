import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { adoptProgramme } from './actions/adopt-programme.ts'
import { makeCertificates } from './actions/certificates.ts'
import { issueWaiting } from './actions/issue-waiting.ts'
import { makePictures } from './actions/pictures.ts'
import { planReissues } from './actions/plan-reissues.ts'
import { pollJobs } from './actions/poll-results.ts'
import { makePreviews } from './actions/previews.ts'
import { readAdapters } from './actions/read-adapters.ts'
import { makeVerifications } from './actions/verifications.ts'
import { type Config, isLoopback, readConfig } from './config.ts'
import { addresses } from './domain/addresses.ts'
import type { Random } from './domain/random-ids.ts'
import { makeApp } from './http/app.ts'
import type { App, HttpTools } from './http/tools.ts'
import { handlers, standing } from './jobs/handlers.ts'
import { planStanding } from './jobs/run-jobs.ts'
import { startJobs } from './jobs/start-jobs.ts'
import { makeMailer } from './mails/mailer.ts'
import { makeMetrics } from './metrics.ts'
import { Problem } from './problem.ts'
import { type Keyring, loadKeyring } from './signing/keyring.ts'
import { readMailKey } from './signing/mail-key.ts'
import { openDatabase } from './storage/database.ts'

/** A whole Blazon, not yet listening. `close` ends it in order. */
export type Blazon = {
  app: App
  tools: HttpTools
  /** Takes up the ring of `KEYS_DIR` if it changed; one that cannot be used is logged, and the present one stays. */
  reloadKeys: () => Promise<void>
  close: () => Promise<void>
}

/** What tests replace: time, randomness, the way to others, and where the log goes. */
export type Outside = {
  now?: () => string
  random?: Random
  fetch?: typeof fetch
  log?: pino.DestinationStream
}

/** Opens the database, reads the keys and the programme, takes up what a crash left open. Throws Problems that say what to mend. */
export async function openBlazon(
  config: Config,
  { now, random, fetch: reach, log }: Outside = {},
): Promise<Blazon> {
  const logger = pino(
    { level: config.logLevel, serializers: { err: errorFacts } },
    log ?? pino.destination(2),
  )
  const clock = now ?? (() => new Date().toISOString())
  const keyring = await openKeyring(config)
  const adapters = await readAdapters(config)
  const mailer = await openMailer(config)
  const db = await openDatabase(config.databaseUrl, config.postgres)
  try {
    const tools: HttpTools = {
      db,
      keyring,
      addresses: addresses(config.publicUrl),
      programmes: await adoptProgramme(db, config.programmeFile, clock()),
      adapters,
      now: clock,
      random: random ?? ((bytes) => randomBytes(bytes)),
      fetch: reach ?? fetch,
      log: logger,
      metrics: makeMetrics(),
      pictures: makePictures({ db }),
      certificates: makeCertificates(),
      previews: makePreviews(),
      verifications: makeVerifications(logger),
      mailer,
      statusLists: new Map(),
      webhookSecrets: config.webhookSecrets,
      trustedProxies: config.trustedProxies,
    }
    await planReissues(tools)
    const open = await issueWaiting(tools, { unknownExams: true })
    if (open > 0) logger.info({ open }, 'open results were looked at')
    const app = await makeApp(tools, logger)
    const close = async () => {
      await app.close()
      mailer.close()
      await db.destroy()
    }
    return { app, tools, reloadKeys: () => reloadKeys(tools, config, logger), close }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

async function openKeyring({ keysDir, publicUrl }: Config): Promise<Keyring> {
  const keyring = await loadKeyring(keysDir)
  if (keyring.example && !isLoopback(publicUrl))
    throw new Problem(
      'invalid',
      `${keysDir} holds the example keys, which everybody has; they cannot sign for ${publicUrl}. Make your own: npm run keys -- init --dir ./keys, and set KEYS_DIR.`,
    )
  return keyring
}

async function openMailer({ mailDkimKey, mailDkimSelector: selector, ...settings }: Config) {
  if (mailDkimKey === '') return makeMailer(settings)
  return makeMailer({ ...settings, dkim: { key: await readMailKey(mailDkimKey), selector } })
}

/** What is under way goes on with the ring that it began with: nobody changes a ring, another takes its place. */
async function reloadKeys(tools: HttpTools, config: Config, logger: pino.Logger) {
  try {
    const keyring = await openKeyring(config)
    if (keyring.text === tools.keyring.text) return
    await planReissues({ ...tools, keyring })
    tools.keyring = keyring
    const active = [keyring.active('Ed25519'), keyring.active('RS256')]
    logger.info({ active, withdrawn: keyring.withdrawn }, 'a changed key ring was taken up')
  } catch (error) {
    logger.error(
      { problem: explain(error) },
      'the changed key ring cannot be used; the old one signs on',
    )
  }
}

const keysPause = 20_000

/** Takes up a changed key ring within half a minute, or at once on SIGHUP; `close` then ends that too. */
export function followKeys(blazon: Blazon): Blazon {
  const look = () => void blazon.reloadKeys()
  const timer = setInterval(look, keysPause).unref()
  process.on('SIGHUP', look)
  return {
    ...blazon,
    close: async () => {
      clearInterval(timer)
      process.off('SIGHUP', look)
      await blazon.close()
    },
  }
}

/** What the log keeps of an error: a database's own details may hold what it was given. */
function errorFacts({ name, message, stack, ...rest }: Error & { code?: string }) {
  return { type: name, message, code: rest.code, stack }
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

/** Says in plain lines what cannot be used and how to mend it; bugs keep their stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Problem)) return String(error instanceof Error ? error.stack : error)
  return [error.message, ...error.errors.map(({ path, message }) => `  ${path}: ${message}`)].join(
    '\n',
  )
}

async function start() {
  const config = readConfig()
  const blazon = followKeys(await runJobs(await openBlazon(config)))
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
