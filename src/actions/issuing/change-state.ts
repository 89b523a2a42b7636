import type { Badge, RevocationClass } from '../../domain/badge/badge.ts'
import { writeAudit } from '../../storage/audit.ts'
import { revokeCredentials } from '../../storage/badges/revoked-credentials.ts'
import { countChange } from '../../storage/badges/status-lists.ts'
import { revokeErased } from '../../storage/erasure/erased.ts'
import { changeBadge } from '../support/change-badge.ts'
import { cancelClaimReminders, planEventMail, planMail } from '../support/plan-mails.ts'
import type { Actor, TxTools } from '../tools/tools.ts'

// Each change writes its audit line in the same transaction, which is `db`.
type Change = { badge: Badge; actor: Actor; note?: string | undefined }
type By = { by: 'result' | 'operator' }
type Needs = Pick<TxTools, 'db' | 'now'>

/** Revokes a badge and all its credentials permanently; status lists show it from the commit on. */
export async function applyRevocation(
  { db, now }: Needs,
  { badge, actor, note, revokedClass, by }: Change & By & { revokedClass: RevocationClass },
): Promise<void> {
  const at = now()
  await changeBadge(db, badge.id, { revokedAt: at, revokedClass, revokedBy: by })
  await revokeCredentials(db, badge.id, revokedClass)
  await writeAudit(db, {
    at,
    actor,
    action: 'badge.revoked',
    subject: badge.id,
    details: { class: revokedClass },
    note,
  })
  await planMail({ db, now }, badge.id, 'revoked')
  await cancelClaimReminders({ db, now }, badge.id)
}

/**
 * Puts a badge under review. An operator's suspension outranks a result's, of which the holder was informed already.
 */
export async function applySuspension(
  { db, now }: Needs,
  { badge, actor, note, by }: Change & By,
): Promise<void> {
  if (badge.suspendedAt && badge.suspendedBy === 'operator') return
  const at = now()
  await changeBadge(db, badge.id, { suspendedAt: badge.suspendedAt ?? at, suspendedBy: by })
  const event = await writeAudit(db, {
    at,
    actor,
    action: 'badge.suspended',
    subject: badge.id,
    note,
  })
  if (badge.issuedAt && !badge.suspendedAt)
    await planEventMail({ db, now }, { badgeId: badge.id, kind: 'suspended', event })
}

/** Lifts a suspension, by a result or by an operator. */
export async function applyReinstatement(
  { db, now }: Needs,
  { badge, actor, note }: Change,
): Promise<void> {
  await changeBadge(db, badge.id, { suspendedAt: null, suspendedBy: null })
  const event = await writeAudit(db, {
    at: now(),
    actor,
    action: 'badge.reinstated',
    subject: badge.id,
    note,
  })
  if (badge.issuedAt)
    await planEventMail({ db, now }, { badgeId: badge.id, kind: 'reinstated', event })
}

/** Revokes the credentials of an erased result, in the lists that files refer to. */
export async function revokeCopies({ db }: Pick<TxTools, 'db'>, of: string): Promise<void> {
  for (const list of await revokeErased(db, of, 'withdrawn')) await countChange(db, list)
}
