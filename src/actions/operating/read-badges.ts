import type { BadgeHistory, BadgeList } from '../../../schemas/badge.ts'
import { badgeAnswer } from '../../domain/badge/badge.ts'
import { findHistory, writeAudit } from '../../storage/audit.ts'
import { listBadges } from '../../storage/badges/badges.ts'
import { readBadge } from '../support/read-badge.ts'
import type { Actor, Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'addresses' | 'now'>

/** A page of badges in the order of their ids, for an operator. */
export async function readBadgeList(
  { db, addresses, now }: Needs,
  { after, limit, actor }: { after?: string | undefined; limit: number; actor: Actor },
): Promise<BadgeList> {
  const found = await listBadges(db, { ...(after && { after }), limit: limit + 1 })
  const badges = found.slice(0, limit).map((badge) => badgeAnswer(badge, addresses, now()))
  const last = badges.at(-1)
  await writeAudit(db, {
    at: now(),
    actor,
    action: 'badge.list',
    subject: '',
    details: { after, limit },
  })
  return { badges, ...(found.length > limit && last && { next: last.id }) }
}

/** The history of a badge, from the audit log, for an operator. Throws `not-found`. */
export async function readHistory(
  tools: Needs,
  { id, actor }: { id: string; actor: Actor },
): Promise<BadgeHistory> {
  await readBadge(tools, { id, actor })
  return { history: await findHistory(tools.db, id) }
}
