import type { ReviewAnswer, ReviewList, ReviewState } from '../../../schemas/review.ts'
import { type ReviewKind, reviewActions } from '../../domain/rules/review.ts'
import { Problem } from '../../problem.ts'
import { writeAudit } from '../../storage/audit.ts'
import { findItem, type KeptItem, listItems } from '../../storage/results/review-items.ts'
import type { Actor, Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'db' | 'now'>
type Asked = {
  state: ReviewState
  kind?: ReviewKind | undefined
  after?: string | undefined
  limit: number
  actor: Actor
}

/** A page of the review queue, oldest first, for an operator. Throws `invalid` for an unknown `after`. */
export async function readReviewList(
  { db, now }: Needs,
  { state, kind, after, limit, actor }: Asked,
): Promise<ReviewList> {
  const last = after === undefined ? undefined : await findItem(db, after)
  if (after !== undefined && !last)
    throw new Problem('invalid/address-invalid', 'The address has a mistake.', [
      {
        path: '/after',
        code: 'no-such-page',
        message: 'after is not the id of an item; take it from `next`.',
      },
    ])
  const found = await listItems(db, { state, kind, after: last, limit: limit + 1 })
  const items = found.slice(0, limit).map(reviewAnswer)
  await writeAudit(db, {
    at: now(),
    actor,
    action: 'review.list',
    subject: '',
    details: { state, kind, after, limit },
  })
  const next = found.length > limit ? items.at(-1)?.id : undefined
  return { items, ...(next && { next }) }
}

/** One item of the review queue. Throws `not-found`. */
export async function readReviewItem(
  { db, now }: Needs,
  { id, actor }: { id: string; actor: Actor },
): Promise<ReviewAnswer> {
  const item = await findItem(db, id)
  if (!item)
    throw new Problem('not-found/no-such-review-item', `There is no review item with the id ${id}.`)
  await writeAudit(db, { at: now(), actor, action: 'review.read', subject: id })
  return reviewAnswer(item)
}

/**
 * The possible decisions on an item. A badge that was issued against the retake rule may be revoked later, and a
 * dismissed damaged name may be released later. No decision can print characters that the fonts lack.
 */
export function actionsOn({ kind, state, decision, facts }: KeptItem): readonly string[] {
  if (kind === 'unprintable-name') {
    const release = facts.damage === undefined ? [] : ['release']
    if (state === 'open') return ['dismiss', ...release]
    return decision === 'dismiss' ? release : []
  }
  if (state === 'open') return reviewActions[kind]
  return kind === 'retake' && decision === 'issue' ? ['revoke'] : []
}

/** An item as the API answers it. */
export function reviewAnswer(item: KeptItem): ReviewAnswer {
  const { id, kind, state, reason, source, candidateId, resultId, facts, openedAt } = item
  const { decision, decidedAt, decidedBy } = item
  return {
    id,
    kind,
    state,
    reason,
    actions: [...actionsOn(item)],
    source,
    candidateId,
    ...(resultId && { resultId }),
    facts,
    openedAt,
    ...(decision && { decision }),
    ...(decidedAt && { decidedAt }),
    ...(decidedBy && { decidedBy }),
  }
}
