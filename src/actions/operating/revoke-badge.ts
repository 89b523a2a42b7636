import type { BadgeAnswer, Revocation } from '../../../schemas/badge.ts'
import { badgeAnswer } from '../../domain/badge/badge.ts'
import { Problem } from '../../problem.ts'
import { findBadge } from '../../storage/badges/badges.ts'
import { applyRevocation } from '../issuing/change-state.ts'
import { signBadges } from '../issuing/sign-badges.ts'
import { reconcilePerson } from '../judging/reconcile-person.ts'
import { lockIssuedBadge } from '../support/lock-issued-badge.ts'
import { lockPeople } from '../support/lock-people.ts'
import type { Actor, Tools, TxTools } from '../tools/tools.ts'
import { transaction } from '../tools/transaction.ts'

type Asked = { id: string; revocation: Revocation; actor: Actor }

/**
 * Revokes a badge permanently, in every form, and judges its holder again: other badges may depend on it. Repeating it
 * with the same class changes nothing; another class throws `conflict`. Throws `not-found`.
 */
export async function revokeBadge(tools: Tools, asked: Asked): Promise<BadgeAnswer> {
  const { id, actor } = asked
  const mints = await transaction(tools, (tools) => revoke(tools, asked))
  await signBadges(tools, mints, actor)
  const badge = await findBadge(tools.db, id)
  if (!badge) throw new Error(`the revoked badge ${id} is not on record`)
  return badgeAnswer(badge, tools.addresses, tools.now())
}

async function revoke(tools: TxTools, { id, revocation, actor }: Asked) {
  const { db } = tools
  const found = await findBadge(db, id)
  const people = found
    ? await lockPeople(tools, [{ source: found.source, id: found.candidateId }])
    : []
  const badge = await lockIssuedBadge(db, id)
  if (badge.revokedAt && badge.revokedClass !== revocation.class)
    throw new Problem(
      'conflict/badge-revoked-otherwise',
      `The badge was already revoked as ${badge.revokedClass}; that cannot be changed.`,
    )
  if (badge.revokedAt) return []
  await applyRevocation(tools, {
    badge,
    actor,
    note: revocation.note,
    revokedClass: revocation.class,
    by: 'operator',
  })
  const mints = await Promise.all(
    people.map((personId) => reconcilePerson(tools, { personId, actor })),
  )
  return mints.flat()
}
