import type { Zippable } from 'fflate'
import type { Badge } from '../../domain/badge/badge.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { resultKey } from '../../domain/rules/result.ts'
import { countingMessages } from '../../domain/rules/wrong-person.ts'
import { findAccount } from '../../storage/accounts/accounts.ts'
import { findProfileOf, listFormerHandles } from '../../storage/accounts/profiles.ts'
import { listSessions } from '../../storage/accounts/sessions.ts'
import { findHistory, writeAudit } from '../../storage/audit.ts'
import { findOwnedBadges } from '../../storage/badges/holder-badges.ts'
import { listShareLinks } from '../../storage/badges/share-links.ts'
import { listDeliveries } from '../../storage/mails/mails.ts'
import { findNameRequestsOf } from '../../storage/results/name-requests.ts'
import { findCandidates } from '../../storage/results/people.ts'
import { findMessagesOf } from '../../storage/results/result-messages.ts'
import { findItemsOf, type KeptItem } from '../../storage/results/review-items.ts'
import type { Words } from '../../words/words.ts'
import { peopleOfAccount } from '../support/people-of-account.ts'
import type { Tools } from '../tools/tools.ts'
import { filesOf } from './pack-files.ts'

/** All records of the signed-in account as a ZIP: JSON, the files of every badge, and a README that explains them. */
export async function exportAccount(
  tools: Tools,
  { accountId }: { accountId: string },
  t: Words,
): Promise<Uint8Array> {
  const { db, now } = tools
  const account = await findAccount(db, accountId)
  if (!account) throw new Error('an account that is signed in is not on record')
  const badges = await findOwnedBadges(db, accountId)
  const files: Zippable = {
    'README.txt': Buffer.from(t.say('export.readme', { at: now() })),
    'account.json': json({
      ...account,
      profile: (await findProfileOf(db, accountId)) ?? null,
      formerHandles: await listFormerHandles(db, accountId),
      sessions: await listSessions(db, accountId, now()),
      shareLinks: await listShareLinks(
        db,
        badges.map(({ id }) => id),
      ),
      mails: await listDeliveries(db, { accountId }),
    }),
    'results.json': json(await recordsOf(tools, await peopleOfAccount(db, account))),
  }
  for (const badge of badges) {
    const all = {
      'badge.json': await recordOf(tools, badge),
      ...(await filesOf(tools, { accountId, badge }, t)),
    }
    for (const [name, bytes] of Object.entries(all))
      files[`badges/${badge.certificationNumber}-${badge.earnedOn}-${badge.id}/${name}`] = bytes
  }
  const actor = ownerActor(accountId)
  await writeAudit(db, { at: now(), actor, action: 'account.exported', subject: accountId })
  const { zipSync } = await import('fflate')
  return zipSync(files, { level: 6 })
}

/** The exam systems' messages about people, and the questions and decisions about those. */
async function recordsOf({ db }: Tools, people: string[]) {
  return Promise.all(
    people.map(async (personId) => {
      const items = await findItemsOf(db, personId)
      return {
        candidates: await findCandidates(db, personId),
        messages: ownMessages(await findMessagesOf(db, personId), items),
        questions: items.filter(({ kind }) => kind !== 'somebody-else'),
        nameRequests: await findNameRequestsOf(db, personId),
      }
    }),
  )
}

/** Leaves out messages that may be about another person: they would reveal that person. */
function ownMessages(all: Awaited<ReturnType<typeof findMessagesOf>>, items: KeptItem[]) {
  const decisions = new Map(items.flatMap(({ id, decision }) => (decision ? [[id, decision]] : [])))
  const counted = new Set(
    [...Map.groupBy(all, ({ message }) => resultKey(message)).values()].flatMap(
      (messages) => countingMessages(messages, decisions).counting,
    ),
  )
  return all
    .filter(({ message }) => counted.has(message))
    .map(({ trusted: _, ...message }) => message)
}

async function recordOf({ db }: Tools, badge: Badge): Promise<Uint8Array> {
  return json({
    ...badge,
    history: await findHistory(db, badge.id),
    mails: await listDeliveries(db, { badgeId: badge.id }),
  })
}

function json(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}
