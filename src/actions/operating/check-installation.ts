import type { Programme } from '../../../schemas/programme.ts'
import {
  disagreements,
  type Installation,
  type Present,
  programmeIdentity,
} from '../../domain/work/installation.ts'
import { type FieldError, Problem } from '../../problem.ts'
import type { Keyring } from '../../signing/keyring.ts'
import { type Db, hasTable, inTransaction } from '../../storage/database.ts'
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

/** The installation in the settings. */
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

/**
 * What a database knows of its installation: the installation, nothing because it is older than that record, or it is
 * new.
 */
export type Known = { state: 'known'; installation: Installation } | { state: 'before' | 'new' }

/**
 * Compares the settings with the database's installation, and changes nothing. Throws a Problem that names every
 * setting that differs. An older database without that record is compared by its last programme and one of its
 * credentials.
 */
export async function checkInstallation(db: Db, present: Present): Promise<Known> {
  const installation = await foundInstallation(db)
  if (installation) {
    await agree(db, installation, present)
    return { state: 'known', installation }
  }
  const programme = (await hasTable(db, 'programme_version')) && (await findLastProgramme(db))
  if (!programme) return { state: 'new' }
  const publicUrl = (await findOrigin(db)) ?? present.publicUrl
  const known = { ...present, publicUrl, programme: programmeIdentity(programme) }
  refuse(disagreements({ known, present, secretInUse: false }))
  return { state: 'before' }
}

/** The installation of a database that may have no tables, or older ones. */
async function foundInstallation(db: Db): Promise<Installation | undefined> {
  return (await hasTable(db, 'installation')) ? findInstallation(db) : undefined
}

/** The origin in a signed credential: that of its achievement. */
async function findOrigin(db: Db): Promise<string | undefined> {
  const text = await findAnyCredential(db)
  if (!text) return undefined
  const credential = JSON.parse(text) as { credentialSubject: { achievement: { id: string } } }
  return new URL(credential.credentialSubject.achievement.id).origin
}

/**
 * Records the installation at the first start, and later additions that agree, such as the keys of a rotated ring. One
 * transaction: if two processes start at once with different settings, one is refused.
 */
export async function learnInstallation(db: Db, present: Present, now: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const known = await lockInstallation(tx, present, now)
    await agree(tx, known, present)
    if (!isLearned(known, present)) await updateInstallation(tx, present)
  })
}

function isLearned(known: Installation, { secretCheck, certificate, keys }: Present): boolean {
  const ids = new Set(known.keys.map(({ id }) => id))
  return (
    known.secretCheck === secretCheck &&
    known.certificate === certificate &&
    keys.every(({ id }) => ids.has(id))
  )
}

/**
 * Compares address, programme and keys with the database, before a change to the key ring itself, whose private keys,
 * secret or certificate may be lost. A database without an installation agrees.
 */
export async function checkRing(
  db: Db,
  ring: Pick<Present, 'publicUrl' | 'programme' | 'keys' | 'exampleKeys'>,
): Promise<void> {
  const known = await foundInstallation(db)
  if (!known) return
  const present = { ...ring, certificate: known.certificate }
  refuse(disagreements({ known, present, secretInUse: false }))
}

async function agree(db: Db, known: Installation, present: Present) {
  const { secretCheck } = present
  const isUnproved = secretCheck === undefined || secretCheck !== known.secretCheck
  const secretInUse = isUnproved && (await countSecretRecords(db)) > 0
  refuse(disagreements({ known, present, secretInUse }))
}

function refuse(errors: FieldError[]) {
  if (errors.length === 0) return
  throw new Problem(
    'conflict/other-installation',
    'These settings are not those of the database, so nothing was done. Correct each one below. To assign the database to these settings on purpose: npm run installation -- change',
    errors,
  )
}
