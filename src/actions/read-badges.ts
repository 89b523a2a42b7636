import type { BadgeAnswer, BadgeHistory, BadgeList } from '../../schemas/badge.ts'
import { badgeAnswer } from '../domain/badge.ts'
import { Problem } from '../problem.ts'
import { findHistory, writeAudit } from '../storage/audit.ts'
import { findBadge, listBadges } from '../storage/badges.ts'
import type { Actor, Tools } from './tools.ts'

type Needs = Pick<Tools, 'db' | 'addresses' | 'now'>

/** One badge, for an operator; the look is on the audit log (privacy, rule 5). Throws `not-found`. */
export async function readBadge(
  { db, addresses, now }: Needs,
  { id, actor }: { id: string; actor: Actor },
): Promise<BadgeAnswer> {
  const badge = await findBadge(db, id)
  if (!badge?.issuedAt) throw new Problem('not-found', `There is no badge with the id ${id}.`)
  await writeAudit(db, { at: now(), actor, action: 'badge.read', subject: id })
  return badgeAnswer(badge, addresses, now())
}

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

/** What happened to a badge, from the audit log, for an operator. Throws `not-found`. */
export async function readHistory(
  tools: Needs,
  { id, actor }: { id: string; actor: Actor },
): Promise<BadgeHistory> {
  await readBadge(tools, { id, actor })
  return { history: await findHistory(tools.db, id) }
}
