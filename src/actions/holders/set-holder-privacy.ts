import type { PrivacySettings } from '../../../schemas/badge.ts'
import { withConsequences } from '../../domain/badge/settings.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { changeBadge } from '../support/change-badge.ts'
import { lockHolderBadge } from '../support/holder-badge.ts'
import type { Tools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

type Asked = { accountId: string; badgeId: string; settings: PrivacySettings }

/**
 * Changes who may see a badge, for its owner; every public answer follows from the commit on. Unchanged settings are
 * not logged. Throws `not-found`, and `conflict` for an unclaimed badge.
 */
export async function setHolderPrivacy(
  tools: Tools,
  { accountId, badgeId, settings }: Asked,
): Promise<void> {
  await transaction(tools, async (tools) => {
    const { db } = tools
    const badge = await lockHolderBadge(db, { accountId, badgeId })
    if (badge.claimedAt === null)
      throw new Problem(
        'conflict/badge-not-claimed',
        'Claim the badge first; then you decide who sees it.',
        [],
        {
          word: 'problem.claim-first',
        },
      )
    const changed = Object.entries(withConsequences(badge, settings)).filter(
      ([name, value]) => badge[name as keyof PrivacySettings] !== value,
    )
    if (changed.length === 0) return
    const details = Object.fromEntries(changed)
    await changeBadge(db, badgeId, details)
    await writeAudit(db, {
      at: tools.now(),
      actor: ownerActor(accountId),
      action: 'badge.privacy',
      subject: badgeId,
      details,
    })
  })
}
