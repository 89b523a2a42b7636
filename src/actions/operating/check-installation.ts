import type { Programme } from '../../../schemas/programme.ts'
import {
  disagreements,
  type Installation,
  type Present,
  programmeIdentity,
} from '../../domain/work/installation.ts'
import { type FieldError, Problem } from '../../problem.ts'
import type { Keyring } from '../../signing/keyring.ts'
import { type Db, findTables, inTransaction } from '../../storage/database.ts'
import {
  findInstallation,
  lockInstallation,
  updateInstallation,
} from '../../storage/installation.ts'
import {
  countSecretRecords,
  findAnyCredential,
  findLastProgramme,
} from '../../storage/installation-records.ts'

/** What the settings say of their installation. */
export function presentInstallation(
  { publicUrl }: { publicUrl: string },
  keyring: Keyring,
  programme: Programme,
): Present {
  const secretCheck = keyring.pseudonymise?.(JSON.stringify(['installation']))
  return {
    publicUrl,
    programme: programmeIdentity(programme),
    keys: keyring.fingerprints,
    ...(secretCheck && { secretCheck }),
    certificate: keyring.certificate !== undefined,
    exampleKeys: keyring.example,
  }
}

/** What a database says of its installation: it knows, it is from before it could know, or it is new. */
export type Known = { state: 'known'; installation: Installation } | { state: 'before' | 'new' }

/**
 * Holds the settings against what the database knows of itself, and changes nothing. Throws a Problem that names every setting that
 * differs. A database from before is held against what its last programme and a credential of its own show.
 */
export async function checkInstallation(db: Db, present: Present): Promise<Known> {
  const tables = await findTables(db)
  if (!tables.has('programme_version')) return { state: 'new' }
  const installation = tables.has('installation') ? await findInstallation(db) : undefined
  if (installation) {
    await agree(db, installation, present)
    return { state: 'known', installation }
  }
  const programme = await findLastProgramme(db)
  if (!programme) return { state: 'new' }
  const publicUrl = (await findOrigin(db)) ?? present.publicUrl
  const known = { ...present, publicUrl, programme: programmeIdentity(programme) }
  refuse(disagreements({ known, present, secretInUse: false }))
  return { state: 'before' }
}

/** The origin that a credential was signed for: that of its achievement. */
async function findOrigin(db: Db): Promise<string | undefined> {
  const text = await findAnyCredential(db)
  if (!text) return undefined
  const credential = JSON.parse(text) as { credentialSubject: { achievement: { id: string } } }
  return new URL(credential.credentialSubject.achievement.id).origin
}

/**
 * Has the database learn its installation at its first start, and later what is new and agrees: the keys of a rotated ring. One
 * transaction; of two processes that start at once with different settings, one is refused.
 */
export async function learnInstallation(db: Db, present: Present, now: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockInstallation(tx, present, now)
    const known = await findInstallation(tx)
    if (known) await agree(tx, known, present)
    await updateInstallation(tx, present)
  })
}

/**
 * Holds address, programme and keys against what the database knows, for a change to the ring itself: its private keys, secret or
 * certificate may be what is lost. A database that knows nothing agrees.
 */
export async function checkRing(
  db: Db,
  ring: Pick<Present, 'publicUrl' | 'programme' | 'keys' | 'exampleKeys'>,
): Promise<void> {
  const tables = await findTables(db)
  const known = tables.has('installation') ? await findInstallation(db) : undefined
  if (!known) return
  const present = { ...ring, certificate: known.certificate }
  refuse(disagreements({ known, present, secretInUse: false }))
}

async function agree(db: Db, known: Installation, present: Present) {
  const { secretCheck } = present
  const doubtful = secretCheck === undefined || secretCheck !== known.secretCheck
  const secretInUse = doubtful && (await countSecretRecords(db)) > 0
  refuse(disagreements({ known, present, secretInUse }))
}

function refuse(errors: FieldError[]) {
  if (errors.length === 0) return
  throw new Problem(
    'conflict',
    'These settings are not those of the database, so nothing was done. Correct each one below. To change on purpose what the database knows of itself: npm run installation -- change',
    errors,
  )
}
