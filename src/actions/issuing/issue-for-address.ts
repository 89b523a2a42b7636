import type { Badge, Credential } from '../../domain/badge/badge.ts'
import type { AddressFiles } from '../../domain/holders/holder-view.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { isHashOf, normalEmail } from '../../domain/people/mail-address.ts'
import { Problem } from '../../problem.ts'
import { findAccount } from '../../storage/accounts/accounts.ts'
import { writeAudit } from '../../storage/audit.ts'
import { findStanding } from '../../storage/badges/credentials.ts'
import { findHolderBadge } from '../support/holder-badge.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { issueCredential } from './issue-credential.ts'
import { lockPersonAndBadge } from './issue-named.ts'
import { newRecipient } from './reserve-badge.ts'

/** The maximum of other addresses for one badge; the credential of each takes a place in a status list permanently. */
export const mostAddressFiles = 10

type Asked = { accountId: string; badgeId: string; email: string }

/**
 * Issues a credential of a badge for another address of its owner, beside the standard one, which stays valid. Asking
 * again changes nothing. Throws `not-found` for another's badge or address, and `conflict`, with what to do instead,
 * where no such files are made.
 */
export async function issueForAddress(
  tools: Tools,
  { accountId, badgeId, email }: Asked,
): Promise<void> {
  await transaction(tools, async (tools) => {
    const { db } = tools
    const badge = await lockPersonAndBadge(tools, badgeId)
    await findHolderBadge(db, { accountId, badgeId })
    const account = await findAccount(db, accountId)
    const address = normalEmail(email)
    if (!badge || !account?.addresses.some((each) => each.email === address))
      throw new Problem(
        'not-found/not-your-address',
        'This is not one of your addresses. Add it to your account first; you get a mail to confirm it.',
      )
    if (badge.claimedAt === null)
      throw new Problem(
        'conflict/badge-not-claimed',
        'Claim the badge first; then you can have such files.',
      )
    await issueFor(tools, { badge, address, actor: ownerActor(accountId) })
  })
}

type For = { badge: Badge; address: string; actor: Actor }

/**
 * The same for an address that belongs to the owner, in the transaction that `tools.db` is, which holds the badge's
 * lock.
 */
export async function issueFor(tools: TxTools, { badge, address, actor }: For): Promise<void> {
  const { db, random, now } = tools
  if (badge.revokedAt)
    throw new Problem(
      'conflict/badge-revoked',
      'The badge is no longer valid, so no new files are made of it.',
    )
  if (!badge.recipient)
    throw new Problem(
      'conflict/files-without-address',
      'The files of this programme are not for an address. Use the ones you have.',
    )
  if (isHashOf(badge.recipient, address)) return
  const existing = await findStanding(db, badge.id, 'new-address')
  if (existing.some(({ recipient }) => recipient && isHashOf(recipient, address))) return
  if (existing.length >= mostAddressFiles)
    throw new Problem(
      'conflict/too-many-address-files',
      `There are files of this badge for ${mostAddressFiles} other addresses already. Use one of those.`,
    )
  const recipient = newRecipient(address, random)
  await issueCredential(tools, badge, { kind: 'new-address', name: null, recipient })
  await writeAudit(db, { at: now(), actor, action: 'badge.addressed', subject: badge.id })
}

/**
 * The files of a badge for its owner's other addresses, and the addresses for which one can be made. Only hashes are
 * compared.
 */
export async function listAddressFiles(
  { db }: Pick<Tools, 'db'>,
  badge: Badge,
  accountId: string,
): Promise<AddressFiles> {
  const account = await findAccount(db, accountId)
  const { recipient } = badge
  if (!account || !recipient) return { made: [], offered: [] }
  const current = await findStanding(db, badge.id, 'new-address')
  const emails = account.addresses.map(({ email }) => email)
  const others = emails.filter((email) => !isHashOf(recipient, email))
  const made = others.flatMap((email) => fileOf(current, email))
  const offered = others.filter((email) => !made.some((each) => each.email === email))
  const open = badge.claimedAt !== null && badge.revokedAt === null
  return { made, offered: open && current.length < mostAddressFiles ? offered : [] }
}

function fileOf(current: Credential[], email: string) {
  const found = current.find(({ recipient }) => recipient && isHashOf(recipient, email))
  return found ? [{ id: found.id, email }] : []
}
