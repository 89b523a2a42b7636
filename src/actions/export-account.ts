import { strToU8, zipSync } from 'fflate'
import type { Badge } from '../domain/badge.ts'
import { Problem } from '../problem.ts'
import { findAccount } from '../storage/accounts.ts'
import { findHistory, writeAudit } from '../storage/audit.ts'
import { listDeliveries } from '../storage/mails.ts'
import { findNameRequestsOf } from '../storage/name-requests.ts'
import { findOwnedBadges } from '../storage/owned-badges.ts'
import { findCandidates } from '../storage/people.ts'
import { findMessagesOf } from '../storage/result-messages.ts'
import { findItemsOf } from '../storage/review-items.ts'
import { listSessions } from '../storage/sessions.ts'
import { listShareLinks } from '../storage/share-links.ts'
import { english as t } from '../words/words.ts'
import { peopleOfAccount } from './people-of-account.ts'
import type { Pictures } from './pictures.ts'
import { showCertificate } from './show-certificate.ts'
import { fileForms, showFile } from './show-files.ts'
import { ownerActor } from './sign-in.ts'
import type { Tools } from './tools.ts'

type Files = Record<string, Uint8Array>

/** Everything that is on record of whoever is signed in, as a ZIP: JSON, the files of every badge, and a README that says what is what. */
export async function exportAccount(
  tools: Tools & { pictures: Pictures },
  { accountId }: { accountId: string },
): Promise<Uint8Array> {
  const { db, now } = tools
  const account = await findAccount(db, accountId)
  if (!account) throw new Error('an account that is signed in is not on record')
  const badges = await findOwnedBadges(db, accountId)
  const files: Files = {
    'README.txt': strToU8(t.say('export.readme', { at: now() })),
    'account.json': json({
      ...account,
      sessions: await listSessions(db, accountId, now()),
      shareLinks: await listShareLinks(
        db,
        badges.map(({ id }) => id),
      ),
      mails: await listDeliveries(db, { accountId }),
    }),
    'results.json': json(await recordsOf(tools, await peopleOfAccount(db, account))),
  }
  for (const badge of badges)
    for (const [name, bytes] of Object.entries(await filesOf(tools, badge, accountId)))
      files[`badges/${badge.certificationNumber}-${badge.earnedOn}-${badge.id}/${name}`] = bytes
  const actor = ownerActor(accountId)
  await writeAudit(db, { at: now(), actor, action: 'account.exported', subject: accountId })
  return zipSync(files, { level: 6 })
}

/** What exam systems said of somebody, and what was asked and decided about it. */
async function recordsOf({ db }: Tools, people: string[]) {
  return Promise.all(
    people.map(async (personId) => ({
      candidates: await findCandidates(db, personId),
      messages: await findMessagesOf(db, personId),
      questions: await findItemsOf(db, personId),
      nameRequests: await findNameRequestsOf(db, personId),
    })),
  )
}

async function filesOf(
  tools: Tools & { pictures: Pictures },
  badge: Badge,
  accountId: string,
): Promise<Files> {
  const files: Files = {
    'badge.json': json({
      ...badge,
      history: await findHistory(tools.db, badge.id),
      mails: await listDeliveries(tools.db, { badgeId: badge.id }),
    }),
  }
  for (const form of fileForms) {
    const file = await showFile(tools, badge.slug, form, { viewer: 'public', accountId })
    if (file.kind === 'hidden') throw new Error('an owner does not see their own file')
    files[form] = typeof file.bytes === 'string' ? strToU8(file.bytes) : file.bytes
  }
  const visitor = { viewer: 'public', accountId } as const
  const wanted = { slug: badge.slug, visitor, paper: 'a4' } as const
  const certificate = await showCertificate(tools, wanted).catch(heldBack)
  if (certificate?.kind === 'shown') files['certificate.pdf'] = certificate.bytes
  return files
}

/** Everything else is theirs to take, though the certificate waits. */
function heldBack(error: unknown) {
  if (!(error instanceof Problem) || error.kind !== 'conflict') throw error
}

function json(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`)
}
