import type { Badge, Credential } from '../../domain/badge/badge.ts'
import type { AddressFiles } from '../../domain/holders/holder-view.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { isHashOf, normalEmail } from '../../domain/people/mail-address.ts'
import { Problem } from '../../problem.ts'
import { findAccount } from '../../storage/accounts/accounts.ts'
import { writeAudit } from '../../storage/audit.ts'
import { findStanding } from '../../storage/badges/credentials.ts'
import { inTransaction } from '../../storage/database.ts'
import { findHolderBadge } from '../support/holder-badge.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { issueCredential } from './issue-credential.ts'
import { lockPersonAndBadge } from './issue-named.ts'
import { newRecipient } from './reserve-badge.ts'

/** A badge has files for so many other addresses at most; each takes a place in a status list for ever. */
export const mostAddressFiles = 10

type Asked = { accountId: string; badgeId: string; email: string }

/**
 * Issues a credential of a badge for another address of its owner's, beside the standard one, which stays valid; asked again, there is
 * one already. Throws `not-found` for what is not theirs, and `conflict` where no such files are made, with what to do instead.
 */
export async function issueForAddress(
  tools: Tools,
  { accountId, badgeId, email }: Asked,
): Promise<void> {
  await inTransaction(tools.db, async (db) => {
    const badge = await lockPersonAndBadge({ ...tools, db }, badgeId)
    await findHolderBadge(db, { accountId, badgeId })
    const account = await findAccount(db, accountId)
    const address = normalEmail(email)
    if (!badge || !account?.addresses.some((each) => each.email === address))
      throw new Problem(
        'not-found',
        'This is none of your addresses. Add it to your account first; you get a mail to confirm it.',
      )
    if (badge.claimedAt === null)
      throw new Problem('conflict', 'Claim the badge first; then you can have such files.')
    await issueFor({ ...tools, db }, { badge, address, actor: ownerActor(accountId) })
  })
}

type For = { badge: Badge; address: string; actor: Actor }

/** The same for an address that is known to be the owner's, inside the transaction that `tools.db` is, which holds the badge. */
export async function issueFor(tools: Tools, { badge, address, actor }: For): Promise<void> {
  const { db, random, now } = tools
  if (badge.revokedAt)
    throw new Problem('conflict', 'The badge is no longer valid, so no new files are made of it.')
  if (!badge.recipient)
    throw new Problem(
      'conflict',
      'The files of this programme have nothing to do with an address. Use those that you have.',
    )
  if (isHashOf(badge.recipient, address)) return
  const there = await findStanding(db, badge.id, 'new-address')
  if (there.some(({ recipient }) => recipient && isHashOf(recipient, address))) return
  if (there.length >= mostAddressFiles)
    throw new Problem(
      'conflict',
      `There are files of this badge for ${mostAddressFiles} other addresses already. Use one of those.`,
    )
  const recipient = newRecipient(address, random)
  await issueCredential(tools, badge, { kind: 'new-address', name: null, recipient })
  await writeAudit(db, { at: now(), actor, action: 'badge.addressed', subject: badge.id })
}

/** The files of a badge for other addresses of its owner's, and for which there could be some; addresses are told by their hashes alone. */
export async function listAddressFiles(
  { db }: Pick<Tools, 'db'>,
  badge: Badge,
  accountId: string,
): Promise<AddressFiles> {
  const account = await findAccount(db, accountId)
  const { recipient } = badge
  if (!account || !recipient) return { made: [], offered: [] }
  const standing = await findStanding(db, badge.id, 'new-address')
  const emails = account.addresses.map(({ email }) => email)
  const others = emails.filter((email) => !isHashOf(recipient, email))
  const made = others.flatMap((email) => fileOf(standing, email))
  const offered = others.filter((email) => !made.some((each) => each.email === email))
  const open = badge.claimedAt !== null && badge.revokedAt === null
  return { made, offered: open && standing.length < mostAddressFiles ? offered : [] }
}

function fileOf(standing: Credential[], email: string) {
  const found = standing.find(({ recipient }) => recipient && isHashOf(recipient, email))
  return found ? [{ id: found.id, email }] : []
}
