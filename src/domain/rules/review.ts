import { createHash } from 'node:crypto'

/** The decisions that an operator may take on each kind of item; the first is the usual one. */
export const reviewActions = {
  'unknown-exam': ['dismiss'],
  duplicate: ['ignore', 'separate'],
  'content-unknown': ['count', 'ignore'],
  retake: ['issue', 'deny'],
  revoked: ['deny', 'issue'],
  early: ['issue', 'deny'],
  overlap: ['supersede', 'keep'],
  'second-account': ['merge', 'dismiss'],
  'unprintable-name': ['dismiss', 'release'],
  'somebody-else': ['refuse', 'accept'],
  'name-correction': ['approve', 'refuse'],
} as const
export type ReviewKind = keyof typeof reviewActions

/**
 * A question for an operator. Its id is a hash of the facts that the decision depends on: other facts make a new
 * question.
 */
export type ReviewItem = {
  id: string
  kind: ReviewKind
  source: string
  candidateId: string
  resultId: string | null
  facts: Record<string, unknown>
  reason: string
}

/** An item with its id. `question` holds the facts that the decision depends on. */
export function reviewItem(item: Omit<ReviewItem, 'id'>, question: unknown[]): ReviewItem {
  const text = JSON.stringify([
    item.kind,
    item.source,
    item.candidateId,
    item.resultId,
    ...question,
  ])
  return { id: createHash('sha256').update(text).digest('hex').slice(0, 32), ...item }
}

/** Decisions by item id; an item without one is open. */
export type Decisions = Map<string, string>
