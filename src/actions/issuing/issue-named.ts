import type { Badge } from '../../domain/badge/badge.ts'
import { writeAudit } from '../../storage/audit.ts'
import { findBadge, lockBadge } from '../../storage/badges/badges.ts'
import { findStanding } from '../../storage/badges/credentials.ts'
import { findShownBadge } from '../../storage/badges/shown-badges.ts'
import type { Db } from '../../storage/database.ts'
import { lockPeople } from '../support/lock-people.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { credentialSalt } from './credential-salt.ts'
import type { Found } from './found-badge.ts'
import { issueCredential } from './issue-credential.ts'

/**
 * What the forms with the holder's name are made from: a credential of its own, issued when its owner first asks for
 * it. Undefined for a revoked or declined badge without one: nothing new is signed for such a badge.
 */
export async function findNamed(
  tools: Tools,
  found: Found,
  actor: Actor,
): Promise<Found | undefined> {
  const issued = await findIssuedNamed(tools, found)
  if (issued) return issued
  await transaction(tools, (tools) => issueNamed(tools, found.badge.id, actor))
  return findIssuedNamed(tools, found)
}

/** The same, if it is issued already. */
export async function findIssuedNamed(
  { db }: Pick<Tools, 'db'>,
  found: Found,
): Promise<Found | undefined> {
  const issued = await findShownBadge(db, { slug: found.badge.slug }, { kind: 'named' })
  return issued && { ...found, ...issued }
}

async function issueNamed(tools: TxTools, id: string, actor: Actor): Promise<void> {
  const { db, now } = tools
  const badge = await lockPersonAndBadge(tools, id)
  if (!badge?.issuedAt || badge.revokedAt || badge.declinedAt) return
  if ((await findStanding(db, id, 'named')).length > 0) return
  const name = badge.holder.fullName
  await issueCredential(tools, badge, {
    kind: 'named',
    name,
    recipient: await credentialSalt(tools, badge),
  })
  await writeAudit(db, { at: now(), actor, action: 'badge.named', subject: id })
}

/**
 * A badge as it is now, locked with its person until the transaction ends, so that no correction or revocation
 * overtakes a signature for it.
 */
export async function lockPersonAndBadge(
  tools: TxTools & { db: Db },
  id: string,
): Promise<Badge | undefined> {
  const found = await findBadge(tools.db, id)
  if (!found) return undefined
  await lockPeople(tools, [{ source: found.source, id: found.candidateId }])
  return lockBadge(tools.db, id)
}
