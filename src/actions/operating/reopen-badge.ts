import type { BadgeAnswer } from '../../../schemas/badge.ts'
import { badgeAnswer } from '../../domain/badge/badge.ts'
import { writeAudit } from '../../storage/audit.ts'
import { setOwner } from '../../storage/badges/holder-badges.ts'
import { lockIssuedBadge } from '../support/lock-issued-badge.ts'
import { planClaimReminder } from '../support/plan-mails.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

type Asked = { id: string; note?: string | undefined; actor: Actor }

/**
 * Lets a candidate claim a badge that they declined, however long ago. Otherwise it changes nothing. Throws
 * `not-found`.
 */
export async function reopenBadge(tools: Tools, { id, note, actor }: Asked): Promise<BadgeAnswer> {
  return transaction(tools, async (tools) => {
    const { db } = tools
    const badge = await lockIssuedBadge(db, id)
    if (badge.declinedAt !== null) {
      await setOwner(db, id, { accountId: null, claimedAt: null, declinedAt: null })
      await planClaimReminder(tools, badge)
      await writeAudit(db, {
        at: tools.now(),
        actor,
        action: 'badge.reopened',
        subject: id,
        note,
      })
    }
    return badgeAnswer(await lockIssuedBadge(db, id), tools.addresses, tools.now())
  })
}
