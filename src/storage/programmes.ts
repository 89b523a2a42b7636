import type { Adoption, ProgrammeVersion } from '../domain/programme/programme.ts'
import type { Db } from './database.ts'
import type { Tables } from './tables.ts'

type Content = Omit<ProgrammeVersion, 'version'>

type Kept = { hash: string; content: Content; artwork: Map<string, string>; at: string }

/** Every version, oldest first, and the number of the one with this content. */
export type KeptProgramme = { version: number; adoptions: Adoption[] }

/** Makes a new version if none has this content. Pictures are stored under their hash. */
export async function keepProgramme(db: Db, kept: Kept): Promise<KeptProgramme> {
  const rows = await findVersions(db)
  const version = rows.find(({ hash }) => hash === kept.hash)?.version
  if (version !== undefined) return { version, adoptions: rows.map(adoptionOf) }
  await keepArtwork(db, kept.artwork)
  await addVersion(db, kept, (rows.at(-1)?.version ?? 0) + 1)
  // Another process may have added the same content or taken the number at the same time.
  return keepProgramme(db, kept)
}

/** Stores the pictures that are not stored yet, under their hashes. */
export async function keepArtwork(db: Db, artwork: Map<string, string>) {
  if (artwork.size === 0) return
  const known = await db
    .selectFrom('artwork')
    .select('hash')
    .where('hash', 'in', [...artwork.keys()])
    .execute()
  const missing = new Map(artwork)
  for (const { hash } of known) missing.delete(hash)
  if (missing.size === 0) return
  await db
    .insertInto('artwork')
    .values([...missing].map(([hash, svg]) => ({ hash, svg })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function addVersion(db: Db, { hash, content, at }: Kept, version: number) {
  await db
    .insertInto('programme_version')
    .values({ version, hash, document: JSON.stringify(content), added_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
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
  return (await findVersions(db)).map(adoptionOf)
}

function findVersions(db: Db) {
  return db
    .selectFrom('programme_version')
    .select(['version', 'hash', 'document', 'added_at'])
    .orderBy('version')
    .execute()
}

function adoptionOf({ document, added_at }: Tables['programme_version']): Adoption {
  return { programme: (JSON.parse(document) as Content).programme, addedAt: added_at }
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
