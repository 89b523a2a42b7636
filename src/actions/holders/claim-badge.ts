import type { Visibility } from '../../../schemas/badge.ts'
import type { Badge } from '../../domain/badge/badge.ts'
import { undoUntil } from '../../domain/badge/decline.ts'
import { withConsequences } from '../../domain/badge/settings.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { findBadge, lockBadge } from '../../storage/badges/badges.ts'
import { findHolderEmail, setOwner } from '../../storage/badges/holder-badges.ts'
import { dropShareLinks } from '../../storage/badges/share-links.ts'
import { changeBadge } from '../support/change-badge.ts'
import { lockHolderBadge } from '../support/holder-badge.ts'
import { findLink, spendLink } from '../support/mail-links.ts'
import { cancelClaimReminders } from '../support/plan-mails.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'
import { openSession, type SignedIn } from './sign-in.ts'

/** A candidate's decision on a badge: to claim it, with its visibility, or to decline it. */
export type Answer = { visibility: Visibility } | 'decline'

/** The badge of a claim link; `open` says whether the link can still be used. */
export type Claimable = { badge: Badge; email: string; open: boolean }

/** The badge that a claim link offers, without using the link up; undefined if it leads nowhere. */
export async function readClaim(tools: Tools, secret: string): Promise<Claimable | undefined> {
  const found = await findLink(tools, 'claim', secret)
  if (found.state === 'unknown' || !found.link.badgeId) return undefined
  const badge = await findBadge(tools.db, found.link.badgeId)
  if (!badge?.issuedAt || !(await isFor(tools, badge, found.link.email))) return undefined
  return { badge, email: found.link.email, open: found.state === 'open' }
}

/**
 * Uses a claim link: proves the address on the result, signs the candidate in, and applies their decision. Undefined if
 * the link was used before, has expired, or the exam system has another address for the candidate by now.
 */
export async function claimByLink(
  tools: Tools,
  { secret, answer, agent }: { secret: string; answer: Answer; agent: string },
): Promise<(SignedIn & { badgeId: string }) | undefined> {
  return transaction(tools, async (tools) => {
    const { db } = tools
    const claim = await readClaim(tools, secret)
    const link = claim && (await spendLink(tools, 'claim', secret))
    if (!link) return undefined
    const signedIn = await openSession(tools, { email: link.email, agent })
    const of = { accountId: signedIn.accountId, badgeId: claim.badge.id }
    const badge = await lockBadge(db, claim.badge.id)
    // Another account with the same address may have claimed it already.
    if (badge && badge.accountId === null) await settle(tools, of, answer)
    return { ...signedIn, badgeId: claim.badge.id }
  })
}

/**
 * Claims or declines a badge of the signed-in account. Throws `not-found`, and `conflict` when it was declined too long
 * ago.
 */
export async function claimSignedIn(
  tools: Tools,
  { accountId, badgeId, answer }: { accountId: string; badgeId: string; answer: Answer },
): Promise<void> {
  await transaction(tools, (tools) => settle(tools, { accountId, badgeId }, answer))
}

async function settle(
  tools: TxTools,
  { accountId, badgeId }: { accountId: string; badgeId: string },
  answer: Answer,
) {
  const { db, now } = tools
  const badge = await lockHolderBadge(db, { accountId, badgeId })
  const actor = ownerActor(accountId)
  if (answer === 'decline') {
    if (badge.declinedAt !== null) return
    await setOwner(db, badgeId, { accountId, claimedAt: null, declinedAt: now() })
    await changeBadge(db, badgeId, { visibility: 'private', discoverable: false })
    await dropShareLinks(db, badgeId)
    await cancelClaimReminders(tools, badgeId)
    await writeAudit(db, { at: now(), actor, action: 'badge.declined', subject: badgeId })
    return
  }
  if (badge.claimedAt !== null) return
  if (badge.declinedAt !== null && undoUntil(badge.declinedAt, now()) === null)
    throw new Problem(
      'conflict/declined-too-long-ago',
      'You declined this badge more than 30 days ago. Ask the programme to open it again.',
      [],
      { word: 'problem.declined-late' },
    )
  await setOwner(db, badgeId, { accountId, claimedAt: now(), declinedAt: null })
  const change = withConsequences(badge, { visibility: answer.visibility })
  await changeBadge(db, badgeId, change)
  await cancelClaimReminders(tools, badgeId)
  await writeAudit(db, {
    at: now(),
    actor,
    action: 'badge.claimed',
    subject: badgeId,
    details: change,
  })
}

async function isFor({ db }: Tools, badge: Badge, email: string) {
  return (await findHolderEmail(db, badge)) === email
}
