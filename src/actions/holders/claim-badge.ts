import type { Visibility } from '../../../schemas/badge.ts'
import type { Badge } from '../../domain/badge/badge.ts'
import { withConsequences } from '../../domain/badge/settings.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { instantAfter } from '../../domain/work/job.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { changeBadge, findBadge, lockBadge } from '../../storage/badges/badges.ts'
import { findHolderEmail, setOwner } from '../../storage/badges/holder-badges.ts'
import { dropShareLinks } from '../../storage/badges/share-links.ts'
import { inTransaction } from '../../storage/database.ts'
import { lockHolderBadge } from '../support/holder-badge.ts'
import { findLink, spendLink } from '../support/mail-links.ts'
import { cancelClaimReminders } from '../support/plan-mails.ts'
import type { Tools } from '../tools/tools.ts'
import { openSession, type SignedIn } from './sign-in.ts'

/** How long a candidate can withdraw that they declined, as an ISO duration; later an operator can reopen the badge. */
export const declineUndo = 'PT720H'

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
  return inTransaction(tools.db, async (db) => {
    const claim = await readClaim({ ...tools, db }, secret)
    const link = claim && (await spendLink({ ...tools, db }, 'claim', secret))
    if (!link) return undefined
    const signedIn = await openSession({ ...tools, db }, { email: link.email, agent })
    const of = { accountId: signedIn.accountId, badgeId: claim.badge.id }
    await lockBadge(db, claim.badge.id)
    const badge = await findBadge(db, claim.badge.id)
    // Another account with the same address may have claimed it already.
    if (badge && badge.accountId === null) await settle({ ...tools, db }, of, answer)
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
  await inTransaction(tools.db, (db) => settle({ ...tools, db }, { accountId, badgeId }, answer))
}

async function settle(
  tools: Tools,
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
  if (badge.declinedAt !== null && Date.parse(now()) > undoUntil(badge.declinedAt))
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

function undoUntil(declinedAt: string) {
  return Date.parse(instantAfter(declinedAt, declineUndo))
}

async function isFor({ db }: Tools, badge: Badge, email: string) {
  return (await findHolderEmail(db, badge)) === email
}
