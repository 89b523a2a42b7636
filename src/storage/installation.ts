import type { Installation } from '../domain/work/installation.ts'
import type { Db, Tx } from './database.ts'
import type { Tables } from './tables.ts'

/** The installation that the database belongs to; undefined before its first start. */
export async function findInstallation(db: Db): Promise<Installation | undefined> {
  const row = await db.selectFrom('installation').selectAll().executeTakeFirst()
  return row && installationOf(row, await findKeys(db))
}

/** Records the installation if there is none, locks the record until the transaction ends, and answers it. */
export async function lockInstallation(
  db: Tx,
  installation: Installation,
  at: string,
): Promise<Installation> {
  const row = await db
    .insertInto('installation')
    .values({ id: 1, ...rowOf(installation), learned_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ id: 1 }))
    .returningAll()
    .executeTakeFirstOrThrow()
  const keys = await findKeys(db)
  if (keys.length > 0) return installationOf(row, keys)
  await addKeys(db, installation)
  return installationOf(row, installation.keys)
}

/** Records the changes of the same installation: keys of a rotated ring, a first or renewed secret, a certificate. */
export async function updateInstallation(db: Tx, installation: Installation): Promise<void> {
  const { secret_check, certificate } = rowOf(installation)
  await db.updateTable('installation').set({ secret_check, certificate }).execute()
  await addKeys(db, installation)
}

/** Assigns the database to another installation. */
export async function replaceInstallation(db: Tx, installation: Installation): Promise<void> {
  await db.updateTable('installation').set(rowOf(installation)).execute()
  await db.deleteFrom('installation_key').execute()
  await addKeys(db, installation)
}

function installationOf(row: Tables['installation'], keys: Installation['keys']): Installation {
  return {
    publicUrl: row.public_url,
    programme: { certificationPrefix: row.certification_prefix, issuerUrl: row.issuer_url },
    keys,
    ...(row.secret_check !== null && { secretCheck: row.secret_check }),
    certificate: row.certificate === 1,
  }
}

function rowOf({ publicUrl, programme, secretCheck, certificate }: Installation) {
  return {
    public_url: publicUrl,
    certification_prefix: programme.certificationPrefix,
    issuer_url: programme.issuerUrl,
    secret_check: secretCheck ?? null,
    certificate: certificate ? 1 : 0,
  }
}

async function findKeys(db: Db): Promise<Installation['keys']> {
  const keys = await db
    .selectFrom('installation_key')
    .select(['key_id', 'fingerprint'])
    .orderBy('key_id')
    .execute()
  return keys.map(({ key_id, fingerprint }) => ({ id: key_id, fingerprint }))
}

async function addKeys(db: Tx, { keys }: Installation) {
  if (keys.length === 0) return
  await db
    .insertInto('installation_key')
    .values(keys.map(({ id, fingerprint }) => ({ key_id: id, fingerprint })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
