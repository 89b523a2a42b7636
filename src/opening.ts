import { randomBytes } from 'node:crypto'
import type { pino } from 'pino'
import {
  adoptProgramme,
  type ProgrammeFile,
  readProgrammeFile,
} from './actions/judging/adopt-programme.ts'
import {
  checkInstallation,
  type Known,
  learnInstallation,
  presentInstallation,
} from './actions/operating/check-installation.ts'
import type { RevocationLists } from './actions/showing/show-revocation-list.ts'
import type { StatusLists } from './actions/showing/show-status-list.ts'
import { makeCertificates } from './actions/tools/certificates.ts'
import { makePictures } from './actions/tools/pictures.ts'
import { makePreviews } from './actions/tools/previews.ts'
import { readAdapters } from './actions/tools/read-adapters.ts'
import type { Tools } from './actions/tools/tools.ts'
import { makeVerifications } from './actions/tools/verifications.ts'
import type { Config } from './config.ts'
import { templateCounts } from './credentials/data-to-sign.ts'
import { addresses } from './domain/programme/addresses.ts'
import type { Present } from './domain/work/installation.ts'
import { drawnAhead, type Random } from './domain/work/random-ids.ts'
import { importHere, importsOf, type LargeImports } from './imports.ts'
import { makeLogger } from './logger.ts'
import { makeMailer } from './mails/mailer.ts'
import { makeMetrics } from './metrics.ts'
import { openKeyring } from './ring.ts'
import type { Keyring } from './signing/keyring.ts'
import { readMailKey } from './signing/mail-key.ts'
import { connectDatabase, type Db, migrateDatabase } from './storage/database.ts'

/** What tests replace: time, randomness, access to other servers, how the programme is read, and the log's destination. */
export type Outside = {
  now?: () => string
  random?: Random
  fetch?: typeof fetch
  readProgramme?: typeof readProgrammeFile
  log?: pino.DestinationStream
}

/** Everything that actions and routes work with. */
export type Opened = Tools & {
  log: pino.Logger
  metrics: ReturnType<typeof makeMetrics>
  statusLists: StatusLists
  revocationLists: RevocationLists
  webhookSecrets: string[]
  trustedProxies: Config['trustedProxies']
  imports: LargeImports
}

/** What the settings say of an installation, read before its database is opened. */
export type Settled = { keyring: Keyring; programmeFile: ProgrammeFile; present: Present }

/**
 * Reads the key ring and the programme, and the installation that they make. Throws Problems that say what to correct.
 */
export async function readSettled(
  config: Config,
  readProgramme = readProgrammeFile,
): Promise<Settled> {
  const keyring = await openKeyring(config)
  const programmeFile = await readProgramme(config.programmeFile)
  const present = presentInstallation(config, keyring, programmeFile.programme)
  return { keyring, programmeFile, present }
}

/**
 * The tools of a server. Reads everything that can be refused first; then checks that the database belongs to these
 * settings, migrates it, and records what is new. Throws Problems that say what to correct; a database of another
 * installation stays unchanged.
 */
export async function openTools(config: Config, outside: Outside = {}): Promise<Opened> {
  // A thread has the real time and randomness.
  const onThread = !outside.now && !outside.random
  return withDatabase(config, outside, async (db, { present, programmeFile }, now) => {
    const known = await checkInstallation(db, present)
    await migrateDatabase(db, config.databaseUrl)
    await learnInstallation(db, present, now)
    const programmes = await adoptProgramme(db, programmeFile, now)
    return { programmes, known, ...(onThread && { imports: importsOf(config, programmeFile) }) }
  })
}

type Ready = { programmes: Opened['programmes']; known: Known; imports?: LargeImports }

/** The tools on the database of the settings, when `prepare` has made it ready. */
export async function withDatabase(
  config: Config,
  { now, random, fetch: reach, readProgramme, log }: Outside,
  prepare: (db: Db, settled: Settled, now: string) => Promise<Ready>,
): Promise<Opened> {
  const logger = makeLogger(config.logLevel, log)
  const clock = now ?? presentInstant()
  const settled = await readSettled(config, readProgramme)
  const adapters = await readAdapters(config)
  const mailer = await openMailer(config)
  const db = await connectDatabase(config.databaseUrl, config.postgres)
  try {
    const { programmes, known, imports = importHere } = await prepare(db, settled, clock())
    if (known.state === 'new')
      logger.warn(
        { publicUrl: config.publicUrl },
        'a new database was created; it belongs to this address',
      )
    return {
      db,
      keyring: settled.keyring,
      addresses: addresses(config.publicUrl),
      programmes,
      adapters,
      now: clock,
      random: random ?? drawnAhead(randomBytes),
      fetch: reach ?? fetch,
      log: logger,
      metrics: makeMetrics(templateCounts),
      pictures: makePictures({ db }),
      certificates: makeCertificates(),
      previews: makePreviews(),
      verifications: makeVerifications(logger),
      mailer,
      imports,
      statusLists: new Map(),
      revocationLists: new Map(),
      webhookSecrets: config.webhookSecrets,
      trustedProxies: config.trustedProxies,
    }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** Closes what the tools hold open. */
export async function closeTools({ mailer, imports, db }: Opened): Promise<void> {
  mailer.close()
  imports.close()
  await db.destroy()
}

/** The clock: an instant in ISO form. It is written once for all that ask in one millisecond. */
function presentInstant(): () => string {
  let written = { at: 0, instant: '' }
  return () => {
    const at = Date.now()
    if (at !== written.at) written = { at, instant: new Date(at).toISOString() }
    return written.instant
  }
}

async function openMailer({ mailDkimKey, mailDkimSelector: selector, ...settings }: Config) {
  if (mailDkimKey === '') return makeMailer(settings)
  return makeMailer({ ...settings, dkim: { key: await readMailKey(mailDkimKey), selector } })
}
