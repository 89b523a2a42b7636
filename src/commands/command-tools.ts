import { adoptedProgramme, adoptProgramme } from '../actions/judging/adopt-programme.ts'
import {
  checkInstallation,
  type Known,
  learnInstallation,
} from '../actions/operating/check-installation.ts'
import type { Config } from '../config.ts'
import type { Present } from '../domain/work/installation.ts'
import { type Opened, type Outside, withDatabase } from '../opening.ts'
import { Problem } from '../problem.ts'
import { usualDatabase } from '../settings.ts'
import { type Db, isAbsent, isUpToDate, migrateDatabase } from '../storage/database.ts'

/**
 * The tools of a command that acts beside a server. It migrates, adopts and plans nothing: the database must belong to
 * these settings, and Blazon must have started with this programme. Only a new database is set up, and only if
 * DATABASE_URL names it.
 */
export async function openCommandTools(config: Config, outside: Outside = {}): Promise<Opened> {
  refuseUnnamed(config)
  return withDatabase(config, outside, async (db, { present, programmeFile }, now) => {
    const known = await checkStarted(db, present)
    if (known.state === 'known')
      return { programmes: await adoptedProgramme(db, programmeFile), known }
    await migrateDatabase(db, config.databaseUrl)
    await learnInstallation(db, present, now)
    return { programmes: await adoptProgramme(db, programmeFile, now), known }
  })
}

/**
 * Checks that a database belongs to these settings, for a command that acts. Changes nothing. Throws a Problem if it
 * does not, or if only a start of Blazon can record its installation or migrate it.
 */
export async function checkStarted(db: Db, present: Present): Promise<Known> {
  const known = await checkInstallation(db, present)
  if (known.state === 'before' || (known.state === 'known' && !(await isUpToDate(db))))
    throw new Problem(
      'conflict/database-outdated',
      'The database is from an older version of Blazon. Start Blazon once with these settings, so that it is brought up to date: npm start',
    )
  return known
}

/** Without DATABASE_URL, a command would fill a database that no server reads. */
function refuseUnnamed({ databaseUrl }: Config) {
  if (databaseUrl !== usualDatabase || !isAbsent(databaseUrl)) return
  throw new Problem(
    'not-found/no-database',
    `There is no database at ${databaseUrl}. Set DATABASE_URL to that of your Blazon, or start Blazon once: npm start`,
  )
}
