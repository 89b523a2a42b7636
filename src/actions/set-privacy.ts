import type { BadgeAnswer, PrivacyChange } from '../../schemas/badge.ts'
import { badgeAnswer } from '../domain/badge.ts'
import { writeAudit } from '../storage/audit.ts'
import { changeBadge } from '../storage/badges.ts'
import { inTransaction } from '../storage/database.ts'
import { lockIssuedBadge } from './lock-issued-badge.ts'
import type { Actor, Tools } from './tools.ts'

type Asked = { id: string; change: PrivacyChange; actor: Actor }

/** Changes who may see a badge; every public answer follows from the commit on. Throws `not-found`. */
export async function setPrivacy(tools: Tools, { id, change, actor }: Asked): Promise<BadgeAnswer> {
  return inTransaction(tools.db, async (tx) => {
    await lockIssuedBadge(tx, id)
    await changeBadge(tx, id, change)
    await writeAudit(tx, {
      at: tools.now(),
      actor,
      action: 'badge.privacy',
      subject: id,
      details: change,
    })
    return badgeAnswer(await lockIssuedBadge(tx, id), tools.addresses, tools.now())
  })
}
