import {
  disagreements,
  type Installation,
  missingKeys,
  type Present,
  refusedPermanently,
  sameProgramme,
} from '../../domain/work/installation.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { type Db, inTransaction } from '../../storage/database.ts'
import { findInstallation, replaceInstallation } from '../../storage/installation.ts'
import { countSecretRecords, countSigned } from '../../storage/installation-records.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * The installation in the database, where the settings differ from it, and the consequences of a change, in sentences.
 */
export type InstallationChange = {
  known: Installation
  differs: { path: string; message: string }[]
  consequences: string[]
}

/**
 * Reads the consequences of a change to the settings' installation. Changes nothing. Throws `not-found` if the database
 * has none yet.
 */
export async function readInstallationChange(
  db: Db,
  present: Present,
): Promise<InstallationChange> {
  const known = await findInstallation(db)
  if (!known)
    throw new Problem(
      'not-found/no-installation',
      'The database does not belong to an installation yet. Its first start records one: npm start',
    )
  const secretRecords = await countSecretRecords(db)
  const differs = disagreements({ known, present, secretInUse: secretRecords > 0 })
  const consequences = await consequencesOf(db, { known, present, secretRecords })
  return { known, differs, consequences }
}

/**
 * Assigns the database to the settings' installation, in one transaction, with a line in the audit log. Throws
 * `conflict` for the example keys and the sample programme where the database has others.
 */
export async function changeInstallation(
  { db, now }: Pick<Tools, 'db' | 'now'>,
  present: Present,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { known, differs } = await readInstallationChange(tx, present)
    const refused = refusedPermanently(known, present)
    if (refused.length > 0)
      throw new Problem(
        'conflict/sample-refused',
        'The database has keys and a programme of its own, so the samples that come with Blazon are refused.',
        refused,
      )
    await replaceInstallation(tx, present)
    await writeAudit(tx, {
      at: now(),
      actor: 'command-line',
      action: 'installation.changed',
      subject: present.publicUrl,
      details: { from: known.publicUrl, settings: differs.map(({ path }) => path) },
    })
  })
}

type Facts = { known: Installation; present: Present; secretRecords: number }

async function consequencesOf(db: Db, { known, present, secretRecords }: Facts) {
  const missing = missingKeys(known, present).map(({ id }) => id)
  const { all, by } = await countSigned(db, missing)
  const lines: string[] = []
  if (known.publicUrl !== present.publicUrl)
    lines.push(
      `New badges are signed for ${present.publicUrl}. The ${badges(all)} issued so far name ${known.publicUrl} for ever: they verify only while that address leads to this Blazon.`,
    )
  if (!sameProgramme(known.programme, present.programme))
    lines.push(
      `New badges are those of ${present.programme.issuerUrl}, numbered ${present.programme.certificationPrefix}-…; older ones stay as they are.`,
    )
  if (missing.length > 0)
    lines.push(
      `The keys ${missing.join(', ')} are not in this ring: the ${badges(by)} that they signed cannot be verified any more.`,
    )
  if (secretRecords > 0 && known.secretCheck !== present.secretCheck)
    lines.push(
      `${secretRecords} ${secretRecords === 1 ? 'record depends' : 'records depend'} on the former identity.key: erased people come back when their results are sent again, and second accounts are no longer noticed.`,
    )
  if (known.certificate && !present.certificate) lines.push('PDFs go out unsigned.')
  return lines
}

function badges(count: number) {
  return count === 1 ? '1 badge' : `${count} badges`
}
