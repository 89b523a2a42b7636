import type { BadgeAnswer } from '../../../schemas/badge.ts'
import { badgeAnswer } from '../../domain/badge/badge.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { findBadge } from '../../storage/badges/badges.ts'
import type { Actor, Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'addresses' | 'now'>

/** One badge, for an operator; the audit log records the access (privacy, rule 5). Throws `not-found`. */
export async function readBadge(
  { db, addresses, now }: Needs,
  { id, actor }: { id: string; actor: Actor },
): Promise<BadgeAnswer> {
  const badge = await findBadge(db, id)
  if (!badge?.issuedAt)
    throw new Problem('not-found/no-such-badge', `There is no badge with the id ${id}.`)
  await writeAudit(db, { at: now(), actor, action: 'badge.read', subject: id })
  return badgeAnswer(badge, addresses, now())
}
