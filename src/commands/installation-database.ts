import { readProgramme } from '../actions/judging/adopt-programme.ts'
import { checkRing } from '../actions/operating/check-installation.ts'
import type { Config } from '../config.ts'
import { programmeIdentity } from '../domain/work/installation.ts'
import { readSettled } from '../opening.ts'
import { Problem } from '../problem.ts'
import { readRingIdentity } from '../signing/keyring.ts'
import {
  connectDatabase,
  type Db,
  isAbsent,
  isUpToDate,
  migrateDatabase,
} from '../storage/database.ts'
import { checkStarted } from './command-tools.ts'

type Work<Done> = (db: Db) => Promise<Done>

/** Opens the database for a command that only reads: it creates, migrates and writes nothing. */
export function readDatabase<Done>(config: Config, work: Work<Done>): Promise<Done> {
  return withDatabase(config, async (db) => {
    if (await isUpToDate(db)) return work(db)
    throw new Problem(
      'conflict/database-not-up-to-date',
      'The database is new, or from an older version of Blazon. Start Blazon once with these settings, to bring it up to date: npm start',
    )
  })
}

/** Opens the database for a command that changes it. All settings must be those of the database. */
export async function changeDatabase<Done>(config: Config, work: Work<Done>): Promise<Done> {
  const { present } = await readSettled(config)
  return readDatabase(config, async (db) => {
    await checkStarted(db, present)
    return work(db)
  })
}

/** As `changeDatabase`, but sets up a database that was never started. It does not record the settings yet. */
export async function makeOrChangeDatabase<Done>(config: Config, work: Work<Done>): Promise<Done> {
  if (isAbsent(config.databaseUrl)) return setUp(config, work)
  const { present } = await readSettled(config)
  return withDatabase(config, async (db) => {
    const { state } = await checkStarted(db, present)
    if (state === 'new') await migrateDatabase(db, config.databaseUrl)
    return work(db)
  })
}

/** Refuses to change a ring that is not the database's. Without a database, any ring may change. */
export async function requireInstallationRing(config: Config, dir: string): Promise<void> {
  if (isAbsent(config.databaseUrl)) return
  const { example, fingerprints } = await readRingIdentity(dir)
  const programme = programmeIdentity(await readProgramme(config.programmeFile))
  const { publicUrl } = config
  await withDatabase(config, (db) =>
    checkRing(db, { publicUrl, programme, keys: fingerprints, exampleKeys: example }),
  )
}

async function setUp<Done>(config: Config, work: Work<Done>): Promise<Done> {
  const db = await connectDatabase(config.databaseUrl)
  await migrateDatabase(db, config.databaseUrl)
  return ended(db, work)
}

async function withDatabase<Done>(config: Config, work: Work<Done>): Promise<Done> {
  if (isAbsent(config.databaseUrl))
    throw new Problem(
      'not-found/no-database',
      `There is no database at ${config.databaseUrl}. Set DATABASE_URL to that of your Blazon, or start Blazon once: npm start`,
    )
  return ended(await connectDatabase(config.databaseUrl), work)
}

async function ended<Done>(db: Db, work: Work<Done>): Promise<Done> {
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}
