import type { Adoption, ProgrammeVersion } from '../domain/programme/programme.ts'
import type { Db } from './database.ts'

type Content = Omit<ProgrammeVersion, 'version'>

type Kept = { hash: string; content: Content; artwork: Map<string, string>; at: string }

/** The number of the version with this content; a new one if there is none. Pictures are stored under their hash. */
export async function keepProgramme(db: Db, kept: Kept): Promise<number> {
  const { hash, artwork } = kept
  let version = await findVersion(db, hash)
  if (version === undefined) await keepArtwork(db, artwork)
  // Another process may add the same content or take the number at the same time: then look again.
  while (version === undefined)
    version = (await addVersion(db, kept)) ?? (await findVersion(db, hash))
  return version
}

async function keepArtwork(db: Db, artwork: Map<string, string>) {
  if (artwork.size === 0) return
  await db
    .insertInto('artwork')
    .values([...artwork].map(([hash, svg]) => ({ hash, svg })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The next number; undefined if another process takes it. */
async function addVersion(db: Db, { hash, content, at }: Kept): Promise<number | undefined> {
  const last = await db
    .selectFrom('programme_version')
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const version = (last?.version ?? 0) + 1
  const added = await db
    .insertInto('programme_version')
    .values({ version, hash, document: JSON.stringify(content), added_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst()
  return added?.version
}

/** The number of the version with this content. */
export async function findVersion(db: Db, hash: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('programme_version')
    .select('version')
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row?.version
}

/** A version of the programme, with the hash of each picture's artwork. */
export async function findProgramme(
  db: Db,
  version: number,
): Promise<ProgrammeVersion | undefined> {
  const row = await db
    .selectFrom('programme_version')
    .select(['version', 'document'])
    .where('version', '=', version)
    .executeTakeFirst()
  return row && { version: row.version, ...(JSON.parse(row.document) as Content) }
}

/** Every version, oldest first. */
export async function findAdoptions(db: Db): Promise<Adoption[]> {
  const rows = await db
    .selectFrom('programme_version')
    .select(['document', 'added_at'])
    .orderBy('version')
    .execute()
  return rows.map(({ document, added_at }) => ({
    programme: (JSON.parse(document) as Content).programme,
    addedAt: added_at,
  }))
}

/** The cleaned SVG with a hash. */
export async function findArtwork(db: Db, hash: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('artwork')
    .select('svg')
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row?.svg
}
