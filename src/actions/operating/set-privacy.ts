import type { BadgeAnswer, PrivacyChange, PrivacySettings } from '../../../schemas/badge.ts'
import { badgeAnswer } from '../../domain/badge/badge.ts'
import { asksToFindHidden, withConsequences } from '../../domain/badge/settings.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { changeBadge } from '../support/change-badge.ts'
import { lockIssuedBadge } from '../support/lock-issued-badge.ts'
import type { Actor, Tools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

type Asked = { id: string; change: PrivacyChange; actor: Actor }

/**
 * Changes who may see a badge, for an operator; every public answer follows from the commit on. Throws `not-found`, and
 * `conflict` where a claimed badge would show more, which only its holder may decide, or where a badge would be
 * discoverable without being public (privacy, Controls).
 */
export async function setPrivacy(
  tools: Tools,
  { id, change: asked, actor }: Asked,
): Promise<BadgeAnswer> {
  return transaction(tools, async (tools) => {
    const badge = await lockIssuedBadge(tools.db, id)
    if (badge.accountId !== null && widens(badge, asked))
      throw new Problem(
        'conflict/holder-decides',
        'The holder has decided about this badge, so only they can let more people see it, or show more of it. You can narrow it.',
      )
    if (asksToFindHidden(badge, asked))
      throw new Problem(
        'conflict/discoverable-not-public',
        `Only a public badge can be found, and this one ${asked.visibility ? 'would be' : 'is'} ${asked.visibility ?? badge.visibility}. Send "visibility": "public" with it, or leave out "discoverable".`,
      )
    const change = withConsequences(badge, asked)
    await changeBadge(tools.db, id, change)
    await writeAudit(tools.db, {
      at: tools.now(),
      actor,
      action: 'badge.privacy',
      subject: id,
      details: change,
    })
    return badgeAnswer(await lockIssuedBadge(tools.db, id), tools.addresses, tools.now())
  })
}

const order = {
  visibility: ['private', 'link', 'public'],
  nameDisplay: ['hidden', 'initials', 'full'],
  discoverable: [false, true],
  showExpired: [false, true],
} as const

function widens(badge: PrivacySettings, change: PrivacyChange): boolean {
  return Object.entries(change).some(([name, value]) => {
    const steps: readonly unknown[] = order[name as keyof PrivacySettings]
    return steps.indexOf(value) > steps.indexOf(badge[name as keyof PrivacySettings])
  })
}
