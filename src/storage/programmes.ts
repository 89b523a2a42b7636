import type { Adoption, ProgrammeVersion } from '../domain/programme/programme.ts'
import type { Db } from './database.ts'

type Content = Omit<ProgrammeVersion, 'version'>

/** The number of the version with this content; a new one if there is none. Pictures are stored under their hash. */
export async function keepProgramme(
  db: Db,
  {
    hash,
    content,
    artwork,
    at,
  }: { hash: string; content: Content; artwork: Map<string, string>; at: string },
): Promise<number> {
  const present = await findVersion(db, hash)
  if (present !== undefined) return present
  if (artwork.size > 0)
    await db
      .insertInto('artwork')
      .values([...artwork].map(([pictureHash, svg]) => ({ hash: pictureHash, svg })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  for (;;) {
    const known = await findVersion(db, hash)
    if (known !== undefined) return known
    const last = await db
      .selectFrom('programme_version')
      .select('version')
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    // Another process may add the same content or take the number at the same time: then look again.
    await db
      .insertInto('programme_version')
      .values({
        version: (last?.version ?? 0) + 1,
        hash,
        document: JSON.stringify(content),
        added_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
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
